import type { Env } from '#core'
import type { Attempt } from './send-event.ts'

/** What became of an event in a round. */
export type Outcome =
  | { readonly kind: 'tried'; readonly url: string; readonly attempt: Attempt }
  /** It was not begun: the receiver did not answer just now. */
  | { readonly kind: 'passed' }
  /** Its server action is gone, or says no address any more. */
  | { readonly kind: 'gone' }

const MINUTE = 60_000
/** An event is sent again after 1, 2, 4 … minutes, at most after so many. */
const LONGEST_PAUSE = 8 * 60
/** After so many attempts, about two days, an event has failed. */
const MAX_ATTEMPTS = 15
/** The receiver says that it wants no more. */
const GONE = 410

/** The pause after so many attempts, in milliseconds. */
export function pauseAfter(attempts: number): number {
  return Math.min(2 ** Math.max(attempts - 1, 0), LONGEST_PAUSE) * MINUTE
}

/** Keeps what became of an event: its state, a line of its log, and when it is sent again. */
export async function keepAttempt(env: Env, claim: string, id: number, outcome: Outcome): Promise<void> {
  const [event] = await (await env['ir.webhook.delivery'].browse([id]).exists()).load(['claim', 'attempts', 'state'])
  if (!event) return
  if (outcome.kind === 'tried') await log(env, id, outcome)
  // another process has it by now, or somebody cancelled it
  if (event.claim !== claim || event.state !== 'pending') return
  const free = { claim: null, claimed_until: null }
  if (outcome.kind === 'gone') {
    await event.write({
      ...free,
      state: 'failed',
      last_answer: 'The server action that sends it is gone, or has no address.',
    })
  } else if (outcome.kind === 'passed') {
    await later(event, { ...free }, event.attempts + 1)
  } else {
    const { status, answer, started } = outcome.attempt
    const attempts = event.attempts + 1
    const facts = { ...free, attempts, last_status: status, last_answer: answer, last_attempt: started }
    if (status >= 200 && status < 300) await event.write({ ...facts, state: 'delivered', next_attempt: null })
    else if (status === GONE || attempts >= MAX_ATTEMPTS)
      await event.write({ ...facts, state: 'failed', next_attempt: null })
    else await later(event, facts, attempts)
  }
}

interface Waiting {
  write(values: object): Promise<void>
  _wake(at: number): Promise<void>
}

async function later(event: Waiting, facts: object, attempts: number): Promise<void> {
  const at = Date.now() + pauseAfter(attempts)
  await event.write({ ...facts, next_attempt: new Date(at) })
  await event._wake(at)
}

async function log(
  env: Env,
  delivery_id: number,
  { url, attempt }: Outcome & { readonly kind: 'tried' },
): Promise<void> {
  const { started, duration, status, answer } = attempt
  await env['ir.webhook.attempt'].create([
    { delivery_id, url, started, duration, status, answer, is_delivered: status >= 200 && status < 300 },
  ])
}
