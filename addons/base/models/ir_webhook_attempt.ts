import { field, model, type RecordsOf } from '#core'

export class IrWebhookAttemptFields {
  delivery_id = field.many2one('ir.webhook.delivery', {
    string: 'Event',
    required: true,
    ondelete: 'cascade',
    index: true,
  })
  url = field.char({ string: 'URL', required: true })
  started = field.datetime({ required: true })
  duration = field.float({ help: 'Seconds.' })
  status = field.integer({ string: 'Answer Code', aggregator: null, help: "HTTP's; 0 when nothing answered." })
  answer = field.text({ help: 'The beginning of the answer, or why there was none.' })
  is_delivered = field.boolean({ string: 'Delivered' })
}

/** One attempt to send an event. */
export const IrWebhookAttempt = model(
  'ir.webhook.attempt',
  IrWebhookAttemptFields,
  { description: 'Webhook Attempt', order: 'id desc', recName: 'url', logAccess: false },
  (Base) => class extends Base {},
)

export interface IrWebhookAttempt extends RecordsOf<typeof IrWebhookAttempt> {}
declare module '#core' {
  interface Models {
    'ir.webhook.attempt': { fields: IrWebhookAttemptFields; records: IrWebhookAttempt }
  }
}
