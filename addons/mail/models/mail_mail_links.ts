import { field, type RecordsOf } from '#core'
import { MailMessage } from './mail_message.ts'
import { MailNotification } from './mail_notification.ts'

export class MailMessageMailFields {
  mail_server_id = field.many2one('ir.mail_server', { string: 'Outgoing mail server', ondelete: 'set null' })
  mail_ids = field.one2many('mail.mail', 'mail_message_id', { string: 'Mails', groups: 'base.group_system' })
}

/** Messages know the mails that they went out as. */
export const MailMessageMail = MailMessage.extend(MailMessageMailFields, (Base) => class extends Base {})

export class MailNotificationMailFields {
  mail_mail_id = field.many2one('mail.mail', { string: 'Mail', index: 'not null', ondelete: 'set null' })
}

/** Notifications know the mail that brings them. */
export const MailNotificationMail = MailNotification.extend(MailNotificationMailFields, (Base) => class extends Base {})

declare module './mail_message.ts' {
  interface MailMessageFields extends MailMessageMailFields {}
  interface MailMessage extends RecordsOf<typeof MailMessageMail> {}
}
declare module './mail_notification.ts' {
  interface MailNotificationFields extends MailNotificationMailFields {}
  interface MailNotification extends RecordsOf<typeof MailNotificationMail> {}
}
