import { defineError } from '#core'

/** No address of the mail leads anywhere. */
export const MAIL_UNROUTABLE = defineError(
  'MAIL_UNROUTABLE',
  'ValueError',
  (recipients: readonly string[]) =>
    `No address of the mail leads to a record or an alias: ${recipients.join(', ') || 'it names none'}.`,
)

/** An alias does not take mails from the sender. */
export const MAIL_SENDER_REFUSED = defineError(
  'MAIL_SENDER_REFUSED',
  'AccessError',
  (sender: string, alias: string) => `${alias} does not take mails from ${sender || 'an unknown sender'}.`,
)

/** One sender sends so many mails that a program must be answering a program. */
export const MAIL_LOOP = defineError(
  'MAIL_LOOP',
  'UserError',
  (sender: string, count: number) => `${count} mails came from ${sender} within two hours: it looks like a loop.`,
)

/** A mailbox could not be read. */
export const MAILBOX_FAILED = defineError(
  'MAILBOX_FAILED',
  'UserError',
  (server: string, reason: string) => `The mailbox at ${server} could not be read: ${reason}`,
)
