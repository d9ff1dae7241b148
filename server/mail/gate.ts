import type { Env } from '../../core/orm/env.ts'
import type { Runtime } from '../../core/runtime.ts'

/** What became of a mail. */
export interface Received {
  readonly state: 'done' | 'ignored' | 'bounce' | 'failed' | 'duplicate'
  readonly reason: string | null
  /** Whether the sender should be told that the mail is refused. */
  readonly isRefused: boolean
}

/** What the server asks of the model `mail.thread`, which the addon `mail` declares. */
interface MailGate {
  _takes_address(address: string): Promise<boolean>
  /** Reads a mail; what it gives is for `_take_mail`. */
  _read_mail(raw: Uint8Array, arrival: { readonly recipients: readonly string[] }): Promise<unknown>
  /** Takes a mail in: when the call is committed, it is kept. */
  _take_mail(mail: unknown): Promise<Received>
}

/** The system itself, on whose behalf mails are taken in. */
const SYSTEM = { uid: 1, su: true } as const

function gate(env: Env): MailGate {
  return env.model('mail.thread') as unknown as MailGate
}

/** Whether an addon is installed that takes mails. */
export function takesMails(runtime: Runtime): boolean {
  return (
    runtime.registry.has('mail.thread') && 'message_process' in runtime.registry.get('mail.thread').RecordSet.prototype
  )
}

/** Whether mails to the address lead anywhere. */
export function takesAddress(runtime: Runtime, address: string): Promise<boolean> {
  return runtime.call(SYSTEM, 'read', (env) => gate(env)._takes_address(address))
}

/**
 * Takes one mail in. It is kept when this resolves, as a message or with the reason why it is none; when it rejects,
 * nothing is kept, and whoever brought the mail has to bring it again.
 */
export async function takeMail(runtime: Runtime, raw: Uint8Array, recipients: readonly string[]): Promise<Received> {
  // outside of the writing call: large mails take a while, and nobody should wait for them
  const mail = await runtime.call(SYSTEM, 'read', (env) => gate(env)._read_mail(raw, { recipients }))
  const take = (): Promise<Received> => runtime.call(SYSTEM, 'write', (env) => gate(env)._take_mail(mail))
  return take().catch(async (error: unknown) => {
    // a copy of the mail was taken in at the same moment: now it is found
    if (error instanceof Error && 'code' in error && error.code === 'UNIQUE_FAILED') return take()
    throw error
  })
}
