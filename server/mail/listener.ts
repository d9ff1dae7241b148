import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'
import type { Runtime } from '../../core/runtime.ts'
import { takeMail, takesAddress } from './gate.ts'

/** Where mails come in. */
export interface ListenOptions {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** LMTP instead of SMTP: what a mail server on the same machine speaks that hands mails over. */
  readonly lmtp: boolean
  /** Bytes of the largest mail. */
  readonly maxSize: number
}

/** Where the listener tells what happens; a pino logger fits. */
export interface MailLog {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

export interface MailListener {
  readonly port: number
  /** Takes no more mails and resolves when those under way are done. */
  close(): Promise<void>
}

/** Clients at the same time; others wait until the mail server that they are tries again. */
const MAX_CLIENTS = 50

/** An answer that is no yes. */
class Refusal extends Error {
  readonly responseCode: number

  constructor(responseCode: number, message: string) {
    super(message.replaceAll(/[\r\n]+/g, ' '))
    this.responseCode = responseCode
  }
}

/**
 * Listens for mails. The answer to a mail is yes when it is committed, 4xx when it should come again, 5xx when it leads
 * nowhere or its sender may not write there. It is meant to stand behind a mail server: it neither encrypts nor
 * authenticates, and takes mails to own addresses alone.
 */
export async function listenForMail(runtime: Runtime, log: MailLog, options: ListenOptions): Promise<MailListener> {
  const working = new Set<Promise<void>>()
  const server = new SMTPServer({
    lmtp: options.lmtp,
    size: options.maxSize,
    banner: 'Comptoir',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    maxClients: MAX_CLIENTS,
    logger: false,
    onRcptTo: ({ address }, _session, done) => {
      answer(done, takesAddress(runtime, address), (takes) => {
        if (!takes) throw new Refusal(550, `5.1.1 <${address}>: there is no such address here`)
      })
    },
    onData: (stream, session, done) => {
      const recipients = session.envelope.rcptTo.map(({ address }) => address)
      const work = received(runtime, log, stream, recipients, options.maxSize)
        // in LMTP each recipient has an answer: here the same one, as the mail is kept once
        .then((said) => done(null, options.lmtp ? recipients.map(() => said) : said), done)
        .finally(() => working.delete(work))
      working.add(work)
    },
  })
  server.on('error', (error: Error) => log.warn({ err: error }, 'a connection of a mail server failed'))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return {
    port: (server.server.address() as AddressInfo).port, // a server on a TCP port has no other kind of address
    close: async () => {
      await Promise.allSettled(working)
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function answer<T>(done: (error?: Error | null) => void, work: Promise<T>, check: (result: T) => void): void {
  work.then(check).then(
    () => done(),
    (error: unknown) => done(error instanceof Refusal ? error : new Refusal(451, '4.3.0 Try again later')),
  )
}

async function received(
  runtime: Runtime,
  log: MailLog,
  stream: SMTPServerDataStream,
  recipients: readonly string[],
  maxSize: number,
): Promise<string> {
  const raw = await bytesOf(stream, maxSize)
  if (!raw) throw new Refusal(552, `5.3.4 The mail is larger than ${maxSize} bytes`)
  const result = await takeMail(runtime, raw, recipients).catch((error: unknown) => {
    log.error({ err: error, recipients }, 'a mail could not be taken in')
    throw new Refusal(451, '4.3.0 Try again later')
  })
  log.info({ recipients, state: result.state, reason: result.reason, bytes: raw.length }, 'mail came in')
  if (result.isRefused) throw new Refusal(550, `5.7.1 ${result.reason ?? 'The mail is refused'}`)
  return '2.0.0 The mail is kept'
}

/** All of a stream, or `undefined` when there is more than is allowed: the rest is read, but not kept. */
async function bytesOf(stream: SMTPServerDataStream, maxSize: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of stream) {
    const bytes = part as Buffer // a stream of bytes has no other parts
    size += bytes.length
    if (size <= maxSize) parts.push(bytes)
    else parts.length = 0
  }
  return size <= maxSize && !stream.sizeExceeded ? Buffer.concat(parts, size) : undefined
}
