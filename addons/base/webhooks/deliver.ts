import { randomUUID } from 'node:crypto'
import { groupBy, ident, sql, type Calls, type Env } from '#core'
import { keepAttempt, type Outcome } from './outcome.ts'
import { sendEvent, type Event } from './send-event.ts'

/** Events that this process alone sends until `until`. */
export interface Claim {
  readonly key: string
  readonly ids: readonly number[]
  readonly until: number
  /** Whether more may be waiting. */
  readonly isFull: boolean
}

/** How many events are claimed at once. */
const BATCH = 50
/** How long a claim lasts, in milliseconds: what a process that was killed had claimed is sent after it. */
const LEASE = 15 * 60_000
/** No event is begun when less of the lease is left. */
const MARGIN = 60_000

/** The system itself, on whose behalf events are sent. */
const SYSTEM = { uid: 1, su: true } as const

/** Claims the events that have waited longest. It holds when the transaction is committed; no two processes claim the same. */
export async function claimEvents(env: Env): Promise<Claim> {
  const now = new Date()
  const events = env['ir.webhook.delivery']
  const due = await events.search(
    [
      ['state', '=', 'pending'],
      '|',
      ['next_attempt', '=', null],
      ['next_attempt', '<=', now],
      '|',
      ['claimed_until', '=', null],
      ['claimed_until', '<', now],
    ],
    { order: 'id', limit: BATCH },
  )
  const { connection, dialect } = env
  const rows =
    due.length === 0
      ? []
      : await connection.rows<{ id: number }>(
          sql`SELECT id FROM ir_webhook_delivery WHERE ${dialect.anyOf(ident('id'), due.ids)} ${dialect.lockUnlocked}`,
        )
  const key = randomUUID()
  const until = now.getTime() + LEASE
  const ids = rows.map(({ id }) => id).toSorted((a, b) => a - b)
  if (ids.length > 0) await events.browse(ids).write({ claim: key, claimed_until: new Date(until) })
  return { key, ids, until, isFull: due.length === BATCH }
}

interface Waiting extends Event {
  readonly delivery: number
}

/**
 * Sends claimed events outside of any transaction: to several receivers at once, to each one after the other. What
 * became of an event is kept before the next is begun. A receiver that does not answer gets no more in this round.
 */
export async function deliverEvents(calls: Calls, claim: Claim): Promise<void> {
  const waiting = await calls.call(SYSTEM, 'read', (env) => eventsOf(env, claim.ids))
  const keep = (id: number, outcome: Outcome): Promise<void> =>
    calls.call(SYSTEM, 'write', (env) => keepAttempt(env, claim.key, id, outcome))
  const gone = claim.ids.filter((id) => !waiting.some(({ delivery }) => delivery === id))
  for (const id of gone) await keep(id, { kind: 'gone' })
  await Promise.all(
    [...groupBy(waiting, ({ url }) => new URL(url).origin).values()].map((events) => deliverTo(events, claim, keep)),
  )
}

async function deliverTo(
  events: readonly Waiting[],
  claim: Claim,
  keep: (id: number, outcome: Outcome) => Promise<void>,
): Promise<void> {
  let isReached = true
  for (const event of events) {
    if (!isReached || Date.now() > claim.until - MARGIN) {
      await keep(event.delivery, { kind: 'passed' })
      continue
    }
    const attempt = await sendEvent(event)
    isReached = attempt.status !== 0
    await keep(event.delivery, { kind: 'tried', url: event.url, attempt })
  }
}

/** Events with where they go now: an address that was corrected counts for those that wait, too. */
async function eventsOf(env: Env, ids: readonly number[]): Promise<Waiting[]> {
  const found = await env['ir.webhook.delivery'].browse(ids).exists()
  return (await found.load(['name', 'payload', 'action_id.webhook_url', 'action_id.webhook_secret'])).flatMap(
    ({ id, name, payload, action_id }) => {
      const url = action_id?.webhook_url
      return url && URL.canParse(url)
        ? { delivery: id, id: name, url, secret: action_id.webhook_secret ?? '', body: payload }
        : []
    },
  )
}
