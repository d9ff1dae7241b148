import type { FieldInfo } from '../fields/info.ts'
import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'
import { groupBy } from '../tools/iter.ts'
import { roundTo } from '../tools/decimal.ts'
import { sql } from '../sql/fragment.ts'
import { internals } from './internals.ts'

/** Roundings of all currencies by id; read once per process. */
async function roundings(env: Env): Promise<ReadonlyMap<number, number>> {
  return env.caches.get('currencies', 'rounding', async () => {
    const rows = await env.connection.rows<{ id: number; rounding: number }>(sql`SELECT id, rounding FROM res_currency`)
    return new Map(rows.map((row) => [row.id, row.rounding]))
  })
}

/** Rounds monetary values in the cache to the currency that each record names; without one they stay as they are. */
export async function roundAmounts(
  env: Env,
  info: ModelInfo,
  ids: readonly number[],
  fields: Iterable<FieldInfo>,
): Promise<void> {
  const { cache } = env.transaction
  const byCurrency = groupBy(
    [...fields].filter((field) => field.type === 'monetary'),
    (field) => field.currencyField as string,
  )
  for (const [currencyField, amounts] of byCurrency) {
    const known = await roundings(env)
    const system = env.sudo('the currency of an amount')
    for (const { id, [currencyField]: currency } of await internals.loadData(system, info, ids, [currencyField])) {
      const rounding = known.get((currency as { id: number } | null)?.id ?? 0)
      const record = cache.find(info.name, id)
      if (rounding === undefined || !record) continue
      for (const { name } of amounts)
        if (typeof record[name] === 'number') record[name] = roundTo(record[name], { rounding })
    }
  }
}
