import { field, model, type RecordsOf } from '#core'

export class MailMessageReactionFields {
  message_id = field.many2one('mail.message', { string: 'Message', required: true, index: true, ondelete: 'cascade' })
  content = field.char({ required: true, help: 'The emoji.' })
  partner_id = field.many2one('res.partner', { string: 'Reacting Partner', required: true, ondelete: 'cascade' })
}

/** Emojis that people left on messages. */
export const MailMessageReaction = model(
  'mail.message.reaction',
  MailMessageReactionFields,
  {
    description: 'Message Reaction',
    order: 'id',
    recName: 'content',
    logAccess: false,
    sqlConstraints: {
      partner_unique: ['unique (message_id, partner_id, content)', 'A person leaves an emoji on a message once.'],
    },
  },
  (Base) => class extends Base {},
)

export interface MailMessageReaction extends RecordsOf<typeof MailMessageReaction> {}
declare module '#core' {
  interface Models {
    'mail.message.reaction': { fields: MailMessageReactionFields; records: MailMessageReaction }
  }
}
