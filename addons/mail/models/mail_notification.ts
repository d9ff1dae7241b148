import { field, model, type RecordsOf } from '#core'

/** Open list of the ways in which somebody is told of a message; an addon adds one by merging a key. */
export interface NotificationTypes {
  inbox: string
  email: string
}

export class MailNotificationFields {
  author_id = field.many2one('res.partner', { string: 'Author', ondelete: 'set null' })
  mail_message_id = field.many2one('mail.message', {
    string: 'Message',
    required: true,
    index: true,
    ondelete: 'cascade',
  })
  res_partner_id = field.many2one('res.partner', { string: 'Recipient', index: true, ondelete: 'cascade' })
  notification_type = field.selection<keyof NotificationTypes>(
    { inbox: 'Inbox', email: 'Email' },
    { required: true, default: 'inbox', index: true },
  )
  notification_status = field.selection(
    {
      ready: 'Ready to Send',
      process: 'Processing',
      pending: 'Sent',
      sent: 'Delivered',
      bounce: 'Bounced',
      exception: 'Exception',
      canceled: 'Cancelled',
    },
    { string: 'Status', default: 'ready', index: true },
  )
  is_read = field.boolean({ string: 'Is Read', index: true })
  read_date = field.datetime({ string: 'Read Date', copy: false })
  failure_type = field.selection(
    {
      unknown: 'Unknown error',
      mail_bounce: 'Bounce',
      mail_email_invalid: 'Invalid email address',
      mail_email_missing: 'Missing email address',
      mail_from_invalid: 'Invalid from address',
      mail_from_missing: 'Missing from address',
      mail_smtp: 'Connection failed (outgoing mail server problem)',
    },
    { string: 'Failure type' },
  )
  failure_reason = field.text({ string: 'Failure reason', copy: false })
}

/** Who is told of which message, how, and whether it was read or sent. */
export const MailNotification = model(
  'mail.notification',
  MailNotificationFields,
  {
    description: 'Message Notifications',
    recName: 'res_partner_id',
    logAccess: false,
    indexes: { partner_unread_idx: 'res_partner_id, is_read' },
    sqlConstraints: {
      unique_mail_message_id_res_partner_id: [
        'unique (mail_message_id, res_partner_id)',
        'A contact is told of a message once.',
      ],
    },
  },
  (Base) => class extends Base {},
)

export interface MailNotification extends RecordsOf<typeof MailNotification> {}
declare module '#core' {
  interface Models {
    'mail.notification': { fields: MailNotificationFields; records: MailNotification }
  }
}
