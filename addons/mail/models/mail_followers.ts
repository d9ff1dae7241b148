import { field, model, type RecordsOf } from '#core'

export class MailFollowersFields {
  res_model = field.char({ string: 'Related Document Model Name', required: true, index: true })
  res_id = field.many2oneReference({
    string: 'Related Document ID',
    modelField: 'res_model',
    index: true,
    ondelete: 'cascade',
  })
  partner_id = field.many2one('res.partner', {
    string: 'Related Partner',
    required: true,
    index: true,
    ondelete: 'cascade',
  })
  subtype_ids = field.many2many('mail.message.subtype', {
    string: 'Subtype',
    help: 'The kinds of messages that the follower gets.',
  })
  name = field.char()
  email = field.char()
  is_active = field.boolean({ string: 'Is Active' })
}

/** Who follows which record, and in what kinds of messages. */
export const MailFollowers = model(
  'mail.followers',
  MailFollowersFields,
  {
    description: 'Document Followers',
    sqlConstraints: {
      mail_followers_res_partner_res_model_id_uniq: [
        'unique (res_model, res_id, partner_id)',
        'A contact follows a record once.',
      ],
    },
  },
  (Base) => class extends Base {},
)

MailFollowers.related('name', 'partner_id.name')
  .related('email', 'partner_id.email')
  .related('is_active', 'partner_id.active')
  .compute('display_name', ['partner_id.display_name'], ({ partner_id }) => partner_id.display_name)

export interface MailFollowers extends RecordsOf<typeof MailFollowers> {}
declare module '#core' {
  interface Models {
    'mail.followers': { fields: MailFollowersFields; records: MailFollowers }
  }
}
