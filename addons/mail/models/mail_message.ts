import { randomUUID } from 'node:crypto'
import { field, htmlToText, model, type Recs, type RecordsOf, type Values } from '#core'

/** Open list of what a message is; an addon adds a kind by merging a key. */
export interface MailMessageTypes {
  email: string
  comment: string
  email_outgoing: string
  notification: string
  auto_comment: string
  user_notification: string
}

export class MailMessageFields {
  subject = field.char()
  date = field.datetime({ default: () => new Date() })
  body = field.html({ string: 'Contents', default: '' })
  description = field.char({ string: 'Short description', help: 'The subject, or the beginning of the body.' })
  preview = field.char({ help: 'The beginning of the body as plain text.' })
  attachment_ids = field.many2many('ir.attachment', {
    string: 'Attachments',
    relation: 'message_attachment_rel',
    column1: 'message_id',
    column2: 'attachment_id',
  })
  parent_id = field.many2one('mail.message', { string: 'Parent Message', index: 'not null', ondelete: 'set null' })
  child_ids = field.one2many('mail.message', 'parent_id', { string: 'Child Messages' })
  model = field.char({ string: 'Related Document Model' })
  res_id = field.many2oneReference({ string: 'Related Document ID', modelField: 'model', ondelete: 'cascade' })
  record_name = field.char({ string: 'Message Record Name', help: 'The name of the record that the message is about.' })
  message_type = field.selection<keyof MailMessageTypes>(
    {
      email: 'Incoming Email',
      comment: 'Comment',
      email_outgoing: 'Outgoing Email',
      notification: 'System notification',
      auto_comment: 'Automated Targeted Notification',
      user_notification: 'User Specific Notification',
    },
    { string: 'Type', required: true, default: 'comment' },
  )
  subtype_id = field.many2one('mail.message.subtype', { string: 'Subtype', index: true, ondelete: 'set null' })
  mail_activity_type_id = field.many2one('mail.activity.type', {
    string: 'Mail Activity Type',
    index: 'not null',
    ondelete: 'set null',
  })
  is_internal = field.boolean({ string: 'Employee Only', help: 'Hidden from people outside, such as a note.' })
  email_from = field.char({ string: 'From', help: 'The address of the author, where no contact stands for it.' })
  author_id = field.many2one('res.partner', {
    string: 'Author',
    index: true,
    ondelete: 'set null',
    default: (env) => env.user.partnerId,
  })
  author_avatar = field.binary({ string: "Author's avatar", attachment: false })
  is_current_user_or_guest_author = field.boolean({ string: 'Is my message' })
  partner_ids = field.many2many('res.partner', { string: 'Recipients' })
  notification_ids = field.one2many('mail.notification', 'mail_message_id', { string: 'Notifications', copy: false })
  tracking_value_ids = field.one2many('mail.tracking.value', 'mail_message_id', {
    string: 'Tracking values',
    groups: 'base.group_system',
    copy: false,
  })
  email_layout_xmlid = field.char({ string: 'Layout', copy: false })
  email_add_signature = field.boolean({ default: true })
  reply_to = field.char({ string: 'Reply-To' })
  reply_to_force_new = field.boolean({ string: 'No threading for answers' })
  message_id = field.char({ string: 'Message-Id', readonly: true, copy: false, index: true })
}

/** What was said or happened, on a record or to people. */
export const MailMessage = model(
  'mail.message',
  MailMessageFields,
  {
    description: 'Message',
    order: 'id desc',
    recName: 'record_name',
    indexes: { model_res_id_idx: 'model, res_id, id' },
  },
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'mail.message'>[]): Promise<Recs<'mail.message'>> {
        return super.create(values.map((one) => ({ ...one, message_id: one.message_id ?? newMessageId() })))
      }
    },
)

/** Longest text that stands for a message in a list. */
const SHORT = 190

MailMessage.compute('preview', ['body'], ({ body }) => shortened(textOf(body)))
  .compute('description', ['subject', 'body'], ({ subject, body }) => subject || shortened(textOf(body)))
  .related('author_avatar', 'author_id.image_1920')
  .computeBatch(
    'is_current_user_or_guest_author',
    ['author_id'],
    async (messages, env) => new Map(messages.map(({ id, author_id }) => [id, author_id?.id === env.user.partnerId])),
  )

/** A message id as mails have them: `<…@comptoir>`. */
export function newMessageId(): string {
  return `<${randomUUID()}@comptoir>`
}

function textOf(body: string | null): string {
  return body ? htmlToText(body).replace(/\s+/g, ' ') : ''
}

function shortened(text: string): string {
  return text.length > SHORT ? `${text.slice(0, SHORT - 3)}...` : text
}

export interface MailMessage extends RecordsOf<typeof MailMessage> {}
declare module '#core' {
  interface Models {
    'mail.message': { fields: MailMessageFields; records: MailMessage }
  }
}
