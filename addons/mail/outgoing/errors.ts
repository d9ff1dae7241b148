import { defineError } from '#core'

/** The mail server closed the connection before it answered. */
export const SMTP_ENDED = defineError(
  'SMTP_ENDED',
  'UserError',
  () => 'The mail server closed the connection before it answered.',
)

/** A test of an outgoing mail server failed. */
export const SMTP_TEST_FAILED = defineError(
  'SMTP_TEST_FAILED',
  'UserError',
  (name: string, reason: string) => `The connection to the mail server ${name} failed: ${reason}`,
)

/** Mails were to be sent at once, but servers refused them; they are kept with what was said. */
export const MAIL_NOT_SENT = defineError(
  'MAIL_NOT_SENT',
  'UserError',
  (reasons: readonly string[]) => `The mail could not be sent: ${reasons.join('; ')}`,
)
