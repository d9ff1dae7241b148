import { ImapFlow } from 'imapflow'
import { MAILBOX_FAILED } from './errors.ts'

/** Where mails are fetched from. */
export interface Mailbox {
  readonly id: number
  readonly host: string
  readonly port: number
  readonly isSsl: boolean
  readonly user: string
  readonly password: string
  /** The model that mails without an alias make records of. */
  readonly model: string | null
}

/** Bytes of the largest mail that is fetched. */
const MAX_SIZE = 50 * 1024 * 1024
/** How many mails one visit fetches; the rest waits for the next. */
const MAX_MAILS = 200
const TIMEOUTS = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 120_000 }

/** Connects and logs in. @throws MAILBOX_FAILED with what the server or the network said */
async function opened(mailbox: Mailbox): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: mailbox.host,
    port: mailbox.port,
    secure: mailbox.isSsl,
    auth: { user: mailbox.user, pass: mailbox.password },
    logger: false,
    disableAutoIdle: true,
    ...TIMEOUTS,
  })
  client.on('error', () => undefined) // whoever waits for an answer is told as well
  try {
    await client.connect()
    return client
  } catch (error) {
    client.close()
    throw failed(mailbox, error)
  }
}

/** Connects, logs in and leaves. @throws MAILBOX_FAILED */
export async function testMailbox(mailbox: Mailbox): Promise<void> {
  const client = await opened(mailbox)
  await client.logout()
}

/** What a visit came to. */
export interface Visit {
  readonly taken: number
  /** Whether mails are left. */
  readonly more: boolean
}

/**
 * Hands each unread mail of the inbox to `take`, and marks it as read when that is done: a mail on which `take` fails
 * stays unread, and so do those behind it.
 * @throws MAILBOX_FAILED, and what `take` throws
 */
export async function visitMailbox(mailbox: Mailbox, take: (raw: Uint8Array) => Promise<unknown>): Promise<Visit> {
  const client = await opened(mailbox)
  try {
    const lock = await client.getMailboxLock('INBOX')
    try {
      const found = await asked(mailbox, client.search({ seen: false }, { uid: true }))
      const unread = found || []
      const tooLarge: number[] = []
      for (const uid of unread.slice(0, MAX_MAILS)) {
        const head = await asked(mailbox, client.fetchOne(String(uid), { size: true }, { uid: true }))
        if (!head) continue
        if ((head.size ?? 0) > MAX_SIZE) {
          tooLarge.push(uid)
          continue
        }
        const mail = await asked(mailbox, client.fetchOne(String(uid), { source: true }, { uid: true }))
        if (!mail || !mail.source) continue
        await take(mail.source)
        await asked(mailbox, client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true }))
      }
      if (tooLarge.length > 0)
        throw failed(mailbox, `mails larger than ${MAX_SIZE} bytes are left: ${tooLarge.join(', ')}`)
      return { taken: Math.min(unread.length, MAX_MAILS), more: unread.length > MAX_MAILS }
    } finally {
      lock.release()
    }
  } finally {
    await client.logout().catch(() => client.close())
  }
}

async function asked<T>(mailbox: Mailbox, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw failed(mailbox, error)
  }
}

function failed({ host, port }: Mailbox, error: unknown): Error {
  const { responseText, message } = (error ?? {}) as { readonly responseText?: string; readonly message?: string }
  return new MAILBOX_FAILED(
    `${host}:${port}`,
    typeof error === 'string' ? error : (responseText ?? message ?? String(error)),
  )
}
