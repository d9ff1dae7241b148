import { field, model, type RecordsOf } from '#core'

export class MailTrackingValueFields {
  field_id = field.many2one('ir.model.fields', { string: 'Field', ondelete: 'set null', index: true, readonly: true })
  field_info = field.json({ string: 'Field information', help: 'What the field was, once it is no longer there.' })
  old_value_integer = field.integer({ string: 'Old Value Integer', readonly: true })
  old_value_float = field.float({ string: 'Old Value Float', readonly: true })
  old_value_char = field.char({ string: 'Old Value Char', readonly: true, trim: false })
  old_value_text = field.text({ string: 'Old Value Text', readonly: true })
  old_value_datetime = field.datetime({ string: 'Old Value DateTime', readonly: true })
  new_value_integer = field.integer({ string: 'New Value Integer', readonly: true })
  new_value_float = field.float({ string: 'New Value Float', readonly: true })
  new_value_char = field.char({ string: 'New Value Char', readonly: true, trim: false })
  new_value_text = field.text({ string: 'New Value Text', readonly: true })
  new_value_datetime = field.datetime({ string: 'New Value Datetime', readonly: true })
  currency_id = field.many2one('res.currency', { string: 'Currency', ondelete: 'set null', readonly: true })
  mail_message_id = field.many2one('mail.message', {
    string: 'Message ID',
    required: true,
    index: true,
    ondelete: 'cascade',
  })
}

/** One change of one field, in the history of a record. */
export const MailTrackingValue = model(
  'mail.tracking.value',
  MailTrackingValueFields,
  { description: 'Mail Tracking Value', order: 'id desc', recName: 'field_id' },
  (Base) => class extends Base {},
)

export interface MailTrackingValue extends RecordsOf<typeof MailTrackingValue> {}
declare module '#core' {
  interface Models {
    'mail.tracking.value': { fields: MailTrackingValueFields; records: MailTrackingValue }
  }
}
