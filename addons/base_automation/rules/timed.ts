import { addTo, formatDatetime, undoneOnError, type Env } from '#core'
import { applyRule, matching } from './apply.ts'
import { rulesOf, type Rule } from './known.ts'
import { isTimed } from './triggers.ts'

/** Milliseconds of the units that are always as long. */
const LENGTH = { minutes: 60_000, hour: 3_600_000, day: 86_400_000 } as const

/** Applies every rule whose time has come for some records; one that fails is recorded and tried again the next time. */
export async function applyTimed(env: Env): Promise<void> {
  const found = await env['base.automation'].search(
    [
      ['active', '=', true],
      ['trigger', 'in', ['on_time', 'on_time_created', 'on_time_updated']],
    ],
    { order: 'id' },
  )
  for (const { id, model_id } of await found.load(['model_id.model'])) {
    const rule = (await rulesOf(env, model_id.model)).find((one) => one.id === id)
    if (rule && isTimed(rule.trigger)) await applyOne(env, rule)
  }
}

async function applyOne(env: Env, rule: Rule): Promise<void> {
  const started = new Date()
  const record = env['base.automation'].browse([rule.id])
  const log = (state: 'done' | 'failed', records: number, message: string | null): Promise<unknown> =>
    env['base.automation.log'].create([{ automation_id: rule.id, started, records, state, message }])
  try {
    const count = await undoneOnError(env, async () => {
      const ids = await due(env, rule, started)
      await applyRule(env, rule, ids)
      await record._writeAs({ last_run: started })
      return ids.length
    })
    if (count > 0) await log('done', count, null)
  } catch (error) {
    if (env.db.violation(error).kind === 'conflict') throw error
    await log('failed', 0, error instanceof Error ? error.message : String(error))
  }
}

/**
 * Records whose time came since the rule was applied last, or since it was made: what was due before does not count.
 * One query.
 */
async function due(env: Env, rule: Rule, now: Date): Promise<readonly number[]> {
  const [facts] = await env['base.automation']
    .browse([rule.id])
    .load(['last_run', 'create_date', 'trigger', 'trg_date_id.name', 'trg_date_range', 'trg_date_range_type'])
  if (!facts) return []
  const field =
    facts.trigger === 'on_time_created'
      ? 'create_date'
      : facts.trigger === 'on_time_updated'
        ? 'write_date'
        : (facts.trg_date_id?.name ?? 'create_date')
  const unit = facts.trg_date_range_type ?? 'hour'
  const delay = -facts.trg_date_range
  // a date is due its delay later: looked for is what lies that delay before
  const moved = (at: Date): string =>
    unit === 'month'
      ? addTo(formatDatetime(at), delay, 'month')
      : formatDatetime(new Date(at.getTime() + delay * LENGTH[unit]))
  const type = env.registry.get(rule.model).fields.get(field)?.type
  const bound = (text: string): string => (type === 'date' ? text.slice(0, 10) : text)
  const system = env.sudo('rules look at every record').with({ context: { active_test: false } })
  const found = await system.model(rule.model).search([
    [field, '>', bound(moved(facts.last_run ?? facts.create_date))],
    [field, '<=', bound(moved(now))],
  ])
  return matching(env, rule.model, found.ids, rule.domain)
}
