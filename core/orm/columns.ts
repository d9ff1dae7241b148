import type { FieldInfo } from '../fields/info.ts'
import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'
import { ident, join, raw, sql } from '../sql/fragment.ts'
import { recomputeStale } from './compute/stale.ts'
import { cacheValue } from './values.ts'

/**
 * Brings the columns of the records into the cache: one query for those that are not there yet. Values that wait to
 * be recomputed are computed first. Records that do not exist stay without values.
 */
export async function ensureColumns(
  env: Env,
  info: ModelInfo,
  ids: readonly number[],
  fields: readonly FieldInfo[],
): Promise<void> {
  await recomputeStale(env, info, ids, fields)
  await fetchColumns(env, info, ids, fields)
}

/** The same without recomputing: what the table holds, or the cache. */
export async function fetchColumns(
  env: Env,
  info: ModelInfo,
  ids: readonly number[],
  fields: readonly FieldInfo[],
): Promise<void> {
  const { cache } = env.transaction
  const names = fields.map((field) => field.name)
  const missing = cache.missing(info.name, ids, names)
  if (missing.length === 0) return
  const saved = missing.filter((id) => id > 0)
  for (const id of missing) if (id < 0) fillEmpty(cache.record(info.name, id), fields)
  if (saved.length === 0) return
  const columns = names.filter((name) => name !== 'id').map((name) => ident(name))
  const rows = await env.connection.rows(sql`
    SELECT ${join([raw('id'), ...columns], ', ')} FROM ${ident(info.table)} WHERE ${env.dialect.anyOf(raw('id'), saved)}`)
  for (const row of rows) {
    const record = cache.record(info.name, row['id'] as number)
    for (const field of fields) if (!(field.name in record)) record[field.name] = cacheValue(field, row[field.name])
  }
}

function fillEmpty(record: Record<string, unknown>, fields: readonly FieldInfo[]): void {
  for (const field of fields) if (!(field.name in record)) record[field.name] = cacheValue(field, null)
}
