import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection, { type SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection'
import { htmlToText } from '#core'
import { SMTP_ENDED } from './errors.ts'

/** Where mails are handed over, and how. */
export interface SmtpServer {
  readonly id: number
  readonly host: string
  readonly port: number
  readonly encryption: 'none' | 'starttls' | 'ssl'
  readonly user: string | null
  readonly password: string | null
}

/** One mail as it goes over the wire, to one or several addresses at once. */
export interface Letter {
  /** The contact that it is for; `null` for addresses without one. */
  readonly partnerId: number | null
  /** Addresses of the envelope. */
  readonly addresses: readonly string[]
  /** The address that bounces come back to. */
  readonly sender: string
  readonly from: string
  readonly to: string
  readonly cc: string | null
  readonly replyTo: string | null
  readonly subject: string
  readonly html: string
  readonly messageId: string
  /** Ids of messages that it answers, the oldest first. */
  readonly references: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly files: readonly LetterFile[]
  readonly date: Date
}

export interface LetterFile {
  readonly name: string
  readonly content: Uint8Array
  readonly mimetype: string
}

/** What the server said to one address: `temporary` ones may be tried again. */
export type Outcome =
  | { readonly state: 'sent' }
  | {
      readonly state: 'temporary' | 'permanent'
      readonly reason: string
      readonly about: 'connection' | 'sender' | 'address' | 'content'
    }

/** How long a server may take, in milliseconds: a mail that takes longer is tried again later. */
export const TIMEOUTS = {
  connectionTimeout: 20_000,
  greetingTimeout: 20_000,
  socketTimeout: 60_000,
  dnsTimeout: 20_000,
}

/** One connection to a mail server, over which mails go one after the other. */
export class SmtpSession {
  readonly #connection: SMTPConnection
  #lost: Error | undefined

  private constructor(connection: SMTPConnection) {
    this.#connection = connection
    connection.on('error', (error: Error) => (this.#lost ??= error))
    connection.on('end', () => (this.#lost ??= connectionEnded()))
  }

  /** Connects, encrypts and logs in. Rejects with what the server or the network said. */
  static async open(server: SmtpServer): Promise<SmtpSession> {
    const connection = new SMTPConnection({
      host: server.host,
      port: server.port,
      secure: server.encryption === 'ssl',
      requireTLS: server.encryption === 'starttls',
      ignoreTLS: server.encryption === 'none',
      ...TIMEOUTS,
    })
    const session = new SmtpSession(connection)
    try {
      await new Promise<void>((resolve, reject) => {
        connection.once('error', reject)
        connection.connect((error) => (error ? reject(error) : resolve()))
      })
      if (server.user) await login(connection, server.user, server.password ?? '')
      return session
    } catch (error) {
      connection.close()
      throw error
    }
  }

  /** Whether the connection can take another mail. */
  get isOpen(): boolean {
    return this.#lost === undefined
  }

  /** Hands one mail over. Never rejects: what goes wrong is told per address. */
  async send(letter: Letter): Promise<ReadonlyMap<string, Outcome>> {
    const outcomes = new Map<string, Outcome>()
    let message: Buffer
    try {
      message = await composed(letter)
    } catch (error) {
      const outcome: Outcome = { state: 'permanent', reason: textOf(error), about: 'content' }
      return new Map(letter.addresses.map((address) => [address, outcome]))
    }
    try {
      const { rejected, rejectedErrors = [] } = await this.#handOver(letter, message)
      for (const address of letter.addresses) outcomes.set(address, { state: 'sent' })
      for (const [i, address] of rejected.entries()) outcomes.set(address, outcomeOf(rejectedErrors[i]))
    } catch (error) {
      const refusal = error as Refusal // all errors of a connection have its fields
      for (const address of letter.addresses) outcomes.set(address, outcomeOf(refusal))
      for (const [i, address] of (refusal.rejected ?? []).entries())
        outcomes.set(address, outcomeOf(refusal.rejectedErrors?.[i] ?? refusal))
      if (isLost(refusal)) this.#lost ??= refusal
      else await this.#reset()
    }
    return outcomes
  }

  close(): void {
    if (this.isOpen) this.#connection.quit()
    else this.#connection.close()
  }

  #handOver(letter: Letter, message: Buffer): Promise<SMTPConnectionSendInfo> {
    const connection = this.#connection
    const envelope = { from: letter.sender, to: [...letter.addresses], use8BitMime: true, size: message.length }
    return new Promise((resolve, reject) => {
      // a connection that breaks tells its listeners, not always whoever sends
      const broken = (error: Error = connectionEnded()): void => reject(error)
      connection.once('error', broken).once('end', broken)
      connection.send(envelope, message, (error, info) => {
        connection.off('error', broken).off('end', broken)
        if (error || !info) reject(error ?? connectionEnded())
        else resolve(info)
      })
    })
  }

  /** Makes the connection ready for the next mail after one that was refused. */
  async #reset(): Promise<void> {
    if (!this.isOpen) return
    await new Promise<void>((resolve) => {
      this.#connection.reset((error) => {
        if (error) this.#lost ??= error
        resolve()
      })
    })
  }
}

/** What nodemailer's errors say beside their message. */
interface Refusal extends Error {
  readonly code?: string | undefined
  readonly responseCode?: number | undefined
  readonly command?: string | undefined
  readonly rejected?: string[] | undefined
  readonly rejectedErrors?: Refusal[] | undefined
}

function connectionEnded(): Error {
  return new SMTP_ENDED()
}

/** Whether nothing more can be sent over the connection: no answer of the server came. */
function isLost({ responseCode, code }: Refusal): boolean {
  return responseCode === undefined && code !== 'EENVELOPE' && code !== 'EMESSAGE'
}

/**
 * What an error of a connection means for a mail: an answer of 5xx to the mail is final, anything else (4xx, a lost
 * connection, a password that somebody may correct) may be tried again.
 */
export function outcomeOf(error: unknown): Outcome {
  const refusal = (error ?? {}) as Refusal // all errors of a connection have its fields
  const { responseCode, command, code } = refusal
  const about = code === 'EAUTH' ? 'connection' : (ABOUT[command ?? ''] ?? (isLost(refusal) ? 'connection' : 'content'))
  const isFinal = about !== 'connection' && (responseCode === undefined ? !isLost(refusal) : responseCode >= 500)
  return { state: isFinal ? 'permanent' : 'temporary', reason: textOf(error), about }
}

const ABOUT: Readonly<Record<string, 'connection' | 'sender' | 'address' | 'content'>> = {
  'RCPT TO': 'address',
  'MAIL FROM': 'sender',
  DATA: 'content',
  CONN: 'connection',
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function login(connection: SMTPConnection, user: string, pass: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.login({ credentials: { user, pass } }, (error) => (error ? reject(error) : resolve()))
  })
}

/** The mail as bytes. No address in it makes this program read a file or call another server. */
async function composed(letter: Letter): Promise<Buffer> {
  const { references } = letter
  const mail = new MailComposer({
    from: letter.from,
    to: letter.to,
    ...(letter.cc ? { cc: letter.cc } : {}),
    ...(letter.replyTo ? { replyTo: letter.replyTo } : {}),
    subject: letter.subject,
    html: letter.html,
    text: htmlToText(letter.html),
    messageId: letter.messageId,
    ...(references.length > 0 ? { references: [...references], inReplyTo: references.at(-1) } : {}),
    headers: { ...letter.headers },
    attachments: letter.files.map(({ name, content, mimetype }) => ({
      filename: name,
      content: Buffer.from(content),
      contentType: mimetype,
    })),
    date: letter.date,
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return mail.compile().build()
}
