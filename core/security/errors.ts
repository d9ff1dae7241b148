import { defineError } from '../errors.ts'

/** A login, a password, a key or a service is refused; the message does not say which part was wrong. */
export const ACCESS_DENIED = defineError('ACCESS_DENIED', 'AccessDenied', () => 'Access Denied')

/** Too many wrong passwords came from one place. */
export const LOGIN_DELAYED = defineError(
  'LOGIN_DELAYED',
  'AccessDenied',
  (seconds: number) => `Too many failed logins: try again in ${seconds} second${seconds === 1 ? '' : 's'}.`,
)

/** The session is unknown, has ended, or its user is no longer active. */
export const SESSION_EXPIRED = defineError('SESSION_EXPIRED', 'SessionExpired', () => 'Session expired')

/** Hashing so long a password would only serve to keep the server busy. */
export const PASSWORD_TOO_LONG = defineError(
  'PASSWORD_TOO_LONG',
  'UserError',
  (max: number) => `A password can have ${max} characters at most.`,
)
