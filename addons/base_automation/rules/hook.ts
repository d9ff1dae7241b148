import { parse, undoneOnError, type Env } from '#core'
import { scriptAnswer } from '#addons/base/actions/run-script.ts'
import { AUTOMATION_HOOK_UNKNOWN } from '../errors.ts'
import { applyRule, matching } from './apply.ts'
import { rulesOf } from './known.ts'

/**
 * Applies the rule behind an address to the record that a call is about; its actions see the call as `payload`. Gives
 * what went wrong: it is recorded with the rule, and nothing of what the actions did stays.
 * @throws AUTOMATION_HOOK_UNKNOWN
 */
export async function callHook(env: Env, uuid: string, payload: Record<string, unknown>): Promise<unknown> {
  const started = new Date()
  const found = await env['base.automation'].search(
    [
      ['webhook_uuid', '=', uuid],
      ['trigger', '=', 'on_webhook'],
      ['active', '=', true],
    ],
    { limit: 1 },
  )
  const [facts] = await found.load(['model_id.model', 'record_getter'])
  const rule = facts && (await rulesOf(env, facts.model_id.model)).find((one) => one.id === facts.id)
  if (!facts || !rule) throw new AUTOMATION_HOOK_UNKNOWN()
  const log = (state: 'done' | 'failed', records: number, message: string | null): Promise<unknown> =>
    env['base.automation.log'].create([{ automation_id: facts.id, started, records, state, message }])
  try {
    const count = await undoneOnError(env, async () => {
      const answer = await scriptAnswer(env, parse(facts.record_getter || 'model'), {
        model: rule.model,
        ids: [],
        names: { payload },
      })
      const wanted = [answer].flat().filter((id): id is number => typeof id === 'number')
      const there = (await env.model(rule.model, wanted).exists()).ids
      const ids = await matching(env, rule.model, there, rule.domain)
      await applyRule(env, rule, ids, { payload })
      return ids.length
    })
    await log('done', count, count === 0 ? 'The call is about no record that the rule applies to.' : null)
    return undefined
  } catch (error) {
    if (env.db.violation(error).kind === 'conflict') throw error
    await log('failed', 0, error instanceof Error ? error.message : String(error))
    return error
  }
}
