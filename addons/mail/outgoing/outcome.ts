import type { Env } from '#core'
import type { Prepared } from './letters.ts'
import type { Outcome } from './session.ts'

const MINUTE = 60_000
/** A mail is tried again after 1, 2, 4 … minutes, at most after so many. */
const LONGEST_PAUSE = 4 * 60
/** After so many attempts, more than two days, a mail has failed. */
const MAX_ATTEMPTS = 20

type Failure = Exclude<Outcome, { state: 'sent' }>

const FAILURE_OF = {
  connection: 'mail_smtp',
  sender: 'mail_from_invalid',
  address: 'mail_email_invalid',
  content: 'unknown',
} as const

/**
 * Keeps what an attempt to send a mail came to: the state of the mail, what is known of each address, the notifications
 * of the contacts. What no server refused for good is tried again after a pause that doubles.
 */
export async function keepAttempt(
  env: Env,
  claim: string,
  prepared: Prepared,
  outcomes: ReadonlyMap<string, Outcome>,
): Promise<void> {
  const found = await env['mail.mail'].browse([prepared.mailId]).exists()
  const [mail] = await found.load(['claim', 'progress', 'attempts', 'auto_delete', 'state'])
  if (!mail) return
  const attempts = mail.attempts + 1
  const final = (outcome: Outcome): boolean => outcome.state !== 'temporary' || attempts >= MAX_ATTEMPTS
  const progress = { ...(mail.progress as Record<string, string> | null) }
  for (const [address, outcome] of outcomes) {
    if (final(outcome)) progress[address] = outcome.state === 'sent' ? 'sent' : outcome.reason
  }
  await keepNotifications(env, prepared, new Map([...outcomes].filter(([, outcome]) => final(outcome))))
  // another process has it by now: only what is known of the addresses is of use to it
  if (mail.claim !== claim) return mail.write({ progress })
  const free = { progress, claim: null, claimed_until: null }
  const failures = [...outcomes].filter((one): one is [string, Failure] => one[1].state !== 'sent')
  const refused = Object.entries(progress).filter(([, said]) => said !== 'sent')
  const open = failures.filter(([, outcome]) => !final(outcome))
  if (open.length > 0) {
    const next = new Date(Date.now() + Math.min(2 ** (attempts - 1), LONGEST_PAUSE) * MINUTE)
    await mail.write({ ...free, attempts, next_attempt: next, failure_reason: told(open) })
    await mail._wake_queue(next.getTime())
  } else if (refused.length > 0 || Object.keys(progress).length === 0) {
    const [first] = failures
    const failure_type = first ? FAILURE_OF[first[1].about] : 'mail_email_missing'
    const reason =
      refused.length > 0 ? refused.map(([address, said]) => `${address}: ${said}`).join('\n') : 'It has no recipients.'
    await mail.write({ ...free, state: 'exception', failure_type, failure_reason: reason })
  } else if (mail.auto_delete) {
    await mail.unlink()
  } else {
    await mail.write({ ...free, state: 'sent', next_attempt: null, failure_type: null, failure_reason: null })
  }
}

function told(failures: readonly (readonly [address: string, outcome: Failure])[]): string {
  return failures.map(([address, { reason }]) => `${address}: ${reason}`).join('\n')
}

/** Tells the notifications of contacts whether the mail was handed over; one write per kind of answer. */
async function keepNotifications(
  env: Env,
  { mailId, contacts }: Prepared,
  outcomes: ReadonlyMap<string, Outcome>,
): Promise<void> {
  const byAnswer = new Map<string, { readonly outcome: Outcome; readonly partners: number[] }>()
  for (const [address, outcome] of outcomes) {
    const partner = contacts.get(address)
    if (partner === undefined) continue
    const key = outcome.state === 'sent' ? 'sent' : `${outcome.about} ${outcome.reason}`
    const known = byAnswer.get(key)
    if (known) known.partners.push(partner)
    else byAnswer.set(key, { outcome, partners: [partner] })
  }
  for (const { outcome, partners } of byAnswer.values()) {
    const told = await env['mail.notification'].search([
      ['mail_mail_id', '=', mailId],
      ['res_partner_id', 'in', partners],
    ])
    await told.write(
      outcome.state === 'sent'
        ? { notification_status: 'sent', failure_type: null, failure_reason: null }
        : {
            notification_status: 'exception',
            failure_type: FAILURE_OF[outcome.about],
            failure_reason: outcome.reason,
          },
    )
  }
}
