import type { FieldInfo } from '../../fields/info.ts'
import type { Env } from '../env.ts'
import type { ModelInfo } from '../model-info.ts'
import { ensureMany } from '../relations.ts'
import { fetchColumns } from '../columns.ts'
import { roundAmounts } from '../amounts.ts'
import { isMany, sameValue, writtenValue } from '../values.ts'
import { writeLinks } from '../links.ts'
import { decidesLists, forgetLists } from '../lists.ts'
import { modified } from './modified.ts'
import { computeValues } from './run.ts'

const running = new WeakMap<object, Set<string>>()

/**
 * Computes a stored field for all records for which it is stale. What comes out the same touches nothing; what
 * differs is kept in the cache, written with the next flush, and makes stale what depends on it. Answers whether it
 * computed anything: not while the field is being computed already.
 */
export async function recompute(env: Env, info: ModelInfo, field: FieldInfo): Promise<boolean> {
  const { transaction } = env
  const waiting = transaction.stale.get(info.name)
  const stale = waiting?.get(field.name)
  if (!waiting || !stale || stale.size === 0) return false
  const key = `${info.name}.${field.name}`
  let active = running.get(transaction)
  if (!active) running.set(transaction, (active = new Set()))
  // a field that depends on itself through other records is computed level by level: inside, the old value counts
  if (active.has(key)) return false
  waiting.delete(field.name)
  if (waiting.size === 0) transaction.stale.delete(info.name)
  active.add(key)
  try {
    await apply(env, info, field, [...stale])
    return true
  } finally {
    active.delete(key)
  }
}

async function apply(env: Env, info: ModelInfo, field: FieldInfo, ids: readonly number[]): Promise<void> {
  const { cache, unsaved } = env.transaction
  if (isMany(field)) await ensureMany(env, info, ids, [field])
  else await fetchColumns(env, info, ids, [field])
  const values = await computeValues(env, info, field, ids)
  const written = new Map<number, unknown>()
  for (const [id, value] of values) {
    const record = cache.find(info.name, id)
    if (!record || !(field.name in record)) continue // deleted meanwhile
    const next = writtenValue(env, field, value, record[field.name])
    if (!sameValue(field, record[field.name], next)) written.set(id, next)
  }
  if (written.size === 0) return
  const changed = [...written.keys()]
  if (info.recomputeds.length > 0 && !env.transaction.draft) tell(env, info, field, changed)
  // records that lose a line are to be recomputed as well as those that get it
  if (env.registry.graph.backward.has(`${info.name}.${field.name}`)) await modified(env, info, [field], changed)
  const listed = decidesLists(env, info, [field])
  if (listed) forgetLists(env, info, changed)
  for (const [id, value] of written) cache.record(info.name, id)[field.name] = value
  if (listed) forgetLists(env, info, changed)
  await roundAmounts(env, info, changed, [field])
  const inserting = unsaved.get(info.name)
  const saved = changed.filter((id) => id > 0 && !inserting?.has(id))
  if (!env.transaction.draft && saved.length > 0) {
    if (isMany(field))
      await writeLinks(
        env,
        field,
        new Map(saved.map((id) => [id, cache.record(info.name, id)[field.name] as number[]])),
      )
    else markDirty(env, info, field, saved)
  }
  await modified(env, info, [field], changed)
}

/** Tells what keeps a history of values that records have had, so of none that are only being created. */
function tell(env: Env, info: ModelInfo, field: FieldInfo, ids: readonly number[]): void {
  const { cache, unsaved } = env.transaction
  const inserting = unsaved.get(info.name)
  const before = new Map(
    ids.filter((id) => !inserting?.has(id)).map((id) => [id, cache.record(info.name, id)[field.name]]),
  )
  if (before.size > 0) for (const { run } of info.recomputeds) run(env, info.name, field.name, before)
}

function markDirty(env: Env, info: ModelInfo, field: FieldInfo, ids: readonly number[]): void {
  let records = env.transaction.dirty.get(info.name)
  if (!records) env.transaction.dirty.set(info.name, (records = new Map()))
  for (const id of ids) {
    const fields = records.get(id)
    if (fields) fields.add(field.name)
    else records.set(id, new Set([field.name]))
  }
}
