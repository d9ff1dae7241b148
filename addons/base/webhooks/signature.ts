import { createHmac, randomBytes } from 'node:crypto'

/** Bytes of a secret. */
const SECRET_BYTES = 24
const PREFIX = 'whsec_'

/** A new secret in the form of Standard Webhooks: `whsec_` and base64. */
export function newSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64')
}

/** One event on its way. */
export interface Signed {
  /** What the receiver knows a copy of the event by. */
  readonly id: string
  /** When it is sent, in seconds since 1970. */
  readonly timestamp: number
  readonly body: string
}

/**
 * The signature of an event as Standard Webhooks asks for it: HMAC-SHA256 over id, time and body, with a version before
 * it. https://www.standardwebhooks.com
 */
export function signatureOf({ id, timestamp, body }: Signed, secret: string): string {
  const key = secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret)
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}
