import { randomUUID } from 'node:crypto'
import { ident, sql, type Calls, type Env } from '#core'
import { prepareMail, type Prepared } from './letters.ts'
import { keepAttempt } from './outcome.ts'
import { SmtpSession, type Letter, type Outcome, type SmtpServer } from './session.ts'

/** Mails that this process alone sends until `until`. */
export interface Claim {
  readonly key: string
  readonly mailIds: readonly number[]
  readonly until: number
  /** Whether more may be waiting. */
  readonly isFull: boolean
}

/** How many mails are claimed at once. */
const BATCH = 50
/** How long a claim lasts, in milliseconds: what a process that was killed had claimed is sent after it. */
const LEASE = 15 * 60_000
/** No mail is begun when less of the lease is left: it could be claimed by another process while it is being sent. */
const MARGIN = 5 * 60_000

/** The system itself, on whose behalf mails are sent. */
const SYSTEM = { uid: 1, su: true } as const

/**
 * Claims mails that are due for this process: the given ones, or those that have waited longest. The claim holds when
 * the transaction is committed; two processes never claim the same mail.
 */
export async function claimMails(env: Env, ids: readonly number[] | null): Promise<Claim> {
  const now = new Date()
  const mails = env.sudo('the right to send was checked')['mail.mail']
  const due = await mails.search(
    [
      ['state', '=', 'outgoing'],
      '|',
      ['claimed_until', '=', null],
      ['claimed_until', '<', now],
      '|',
      ['scheduled_date', '=', null],
      ['scheduled_date', '<=', now],
      ...(ids === null
        ? (['|', ['next_attempt', '=', null], ['next_attempt', '<=', now]] as const)
        : ([['id', 'in', ids]] as const)),
    ],
    { order: 'id', ...(ids === null ? { limit: BATCH } : {}) },
  )
  const { connection, dialect } = env
  const rows =
    due.length === 0
      ? []
      : await connection.rows<{ id: number }>(
          sql`SELECT id FROM mail_mail WHERE ${dialect.anyOf(ident('id'), due.ids)} ${dialect.lockUnlocked}`,
        )
  const key = randomUUID()
  const until = now.getTime() + LEASE
  const mailIds = rows.map(({ id }) => id).toSorted((a, b) => a - b)
  if (mailIds.length > 0) await mails.browse(mailIds).write({ claim: key, claimed_until: new Date(until) })
  return { key, mailIds, until, isFull: ids === null && due.length === BATCH }
}

/**
 * Sends claimed mails, over one session per server, and keeps what became of each before the next is begun, so that at
 * most one is sent again when the process is killed. Answers why mails could not be sent.
 */
export async function deliverMails(calls: Calls, claim: Claim): Promise<readonly string[]> {
  const sessions = new Sessions()
  const failures: string[] = []
  try {
    for (const [i, mailId] of claim.mailIds.entries()) {
      if (Date.now() > claim.until - MARGIN) {
        await release(calls, claim, claim.mailIds.slice(i))
        break
      }
      const prepared = await calls.call(SYSTEM, 'read', (env) => prepareMail(env, mailId))
      if (!prepared) continue
      const outcomes = await attempt(sessions, prepared)
      failures.push(...reasonsOf(outcomes))
      await calls.call(SYSTEM, 'write', (env) => keepAttempt(env, claim.key, prepared, outcomes))
    }
  } finally {
    sessions.close()
  }
  return failures
}

function reasonsOf(outcomes: ReadonlyMap<string, Outcome>): string[] {
  return [...outcomes.values()].flatMap((outcome) => (outcome.state === 'sent' ? [] : outcome.reason))
}

async function attempt(sessions: Sessions, prepared: Prepared): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map(prepared.unsendable)
  for (const letter of prepared.letters) {
    for (const [address, outcome] of await sessions.send(prepared.server, letter)) outcomes.set(address, outcome)
  }
  return outcomes
}

async function release(calls: Calls, claim: Claim, mailIds: readonly number[]): Promise<void> {
  await calls.call(SYSTEM, 'write', async (env) => {
    const mine = await env['mail.mail'].search([
      ['id', 'in', mailIds],
      ['claim', '=', claim.key],
    ])
    await mine.write({ claim: null, claimed_until: null })
    await mine._wake_queue()
  })
}

/** The sessions of one round, opened when they are needed. A server that cannot be reached is not tried again in it. */
class Sessions {
  readonly #open = new Map<number, SmtpSession>()
  readonly #unreachable = new Map<number, Outcome>()

  async send(server: SmtpServer | undefined, letter: Letter): Promise<ReadonlyMap<string, Outcome>> {
    const session = server ? await this.#session(server) : NO_SERVER
    if (session instanceof SmtpSession) return session.send(letter)
    return new Map(letter.addresses.map((address) => [address, session]))
  }

  async #session(server: SmtpServer): Promise<SmtpSession | Outcome> {
    const known = this.#open.get(server.id)
    if (known?.isOpen) return known
    const refused = this.#unreachable.get(server.id)
    if (refused) return refused
    known?.close()
    try {
      const session = await SmtpSession.open(server)
      this.#open.set(server.id, session)
      return session
    } catch (error) {
      const reason = `${server.host}:${server.port}: ${error instanceof Error ? error.message : String(error)}`
      const outcome: Outcome = { state: 'temporary', about: 'connection', reason }
      this.#unreachable.set(server.id, outcome)
      return outcome
    }
  }

  close(): void {
    for (const session of this.#open.values()) session.close()
  }
}

const NO_SERVER: Outcome = {
  state: 'temporary',
  about: 'connection',
  reason: 'No outgoing mail server is set up: add one, and the mail is sent.',
}
