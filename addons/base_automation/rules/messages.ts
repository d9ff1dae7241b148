import type { Env } from '#core'
import { applyRule, matching } from './apply.ts'
import { rulesOf } from './known.ts'

/** Messages that people wrote; what the system says of itself sets nothing off. */
const OF_PEOPLE = new Set(['comment', 'email', 'email_outgoing'])

/**
 * Applies the rules that wait for messages on records of the model: incoming ones are from people outside, outgoing
 * ones from users. Internal notes are neither.
 */
export async function applyMessages(env: Env, model: string, messageIds: readonly number[]): Promise<void> {
  const rules = (await rulesOf(env, model)).filter(
    ({ trigger }) => trigger === 'on_message_received' || trigger === 'on_message_sent',
  )
  if (rules.length === 0) return
  const messages = await env
    .sudo('rules look at every message')
    .browse('mail.message', messageIds)
    .load(['res_id', 'message_type', 'is_internal', 'subtype_id.internal', 'author_id.partner_share'])
  const told = messages.filter(
    (one) => OF_PEOPLE.has(one.message_type ?? '') && !one.is_internal && !one.subtype_id?.internal,
  )
  for (const rule of rules) {
    const isIncoming = rule.trigger === 'on_message_received'
    const ids = told.flatMap(({ res_id, author_id }) =>
      res_id !== null && (author_id?.partner_share ?? true) === isIncoming ? res_id : [],
    )
    await applyRule(env, rule, await matching(env, model, [...new Set(ids)], rule.domain))
  }
}
