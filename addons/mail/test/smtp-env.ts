import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { simpleParser, type ParsedMail } from 'mailparser'
import type { Env } from '#core'

/** A mail that a server took. */
export interface Taken {
  readonly from: string
  readonly to: readonly string[]
  readonly mail: ParsedMail
  /** Which connection it came over. */
  readonly session: string
}

/** A real mail server in the process. */
export interface Mta {
  readonly port: number
  readonly taken: Taken[]
  /** Connections so far. */
  readonly sessions: Set<string>
}

/** An answer other than yes. */
export class Refused extends Error {
  readonly responseCode: number
  constructor(responseCode: number, message: string) {
    super(message)
    this.responseCode = responseCode
  }
}

interface Behaviour {
  /** Told of each recipient; throws to refuse. */
  readonly onRecipient?: (address: string) => void
  /** Told of each whole mail before it is taken; throws to refuse, answers `'drop'` to cut the line. */
  readonly onMail?: (mail: ParsedMail) => 'drop' | void
  readonly options?: SMTPServerOptions
}

/** Starts a mail server on a free port; it ends with the test. */
export async function mta(t: { teardown(work: () => unknown): unknown }, behaviour: Behaviour = {}): Promise<Mta> {
  const taken: Taken[] = []
  const sessions = new Set<string>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    ...behaviour.options,
    onConnect: (session, done) => {
      sessions.add(session.id)
      done()
    },
    onRcptTo: ({ address }, _session, done) => {
      try {
        behaviour.onRecipient?.(address)
        done()
      } catch (error) {
        done(error as Error)
      }
    },
    onData: (stream, session, done) => {
      simpleParser(stream, {}, (parseError, mail) => {
        try {
          if (parseError) throw parseError
          if (behaviour.onMail?.(mail) === 'drop') {
            for (const connection of server.connections) connection.close()
            return
          }
          const { mailFrom, rcptTo } = session.envelope
          taken.push({
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map(({ address }) => address),
            mail,
            session: session.id,
          })
          done()
        } catch (error) {
          done(error as Error)
        }
      })
    },
  })
  server.on('error', () => undefined) // clients that go away
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => new Promise<void>((resolve) => server.close(resolve)))
  return { port: (server.server.address() as AddressInfo).port, taken, sessions }
}

/** Has mails go out by the server. */
export async function useMta(env: Env, { port }: { readonly port: number }): Promise<number> {
  const [id = 0] = (await env['ir.mail_server'].create([{ name: 'MTA', smtp_host: '127.0.0.1', smtp_port: port }])).ids
  return id
}
