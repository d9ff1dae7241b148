import type { FieldInfo } from '../../fields/info.ts'
import type { Env } from '../env.ts'
import type { ModelInfo } from '../model-info.ts'
import type { TypedColumn } from '../../sql/dialect.ts'
import { ident, join, sql } from '../../sql/fragment.ts'
import { groupBy } from '../../tools/iter.ts'
import { internals } from '../internals.ts'
import { columnValue, isMultiValued } from '../values.ts'

const MAX_ROUNDS = 10_000

/**
 * Recomputes all that is stale, in the order of dependencies, and writes it. Before a search, before a check that the
 * database makes, and at the end of the call. A draft keeps its values to itself.
 */
export async function flush(env: Env): Promise<void> {
  const { transaction } = env
  if (transaction.draft) return
  for (let round = 0; transaction.stale.size > 0 && round < MAX_ROUNDS; round++) {
    const next = firstStale(env)
    if (!next) break
    await internals.recompute(env, next.info, next.field)
  }
  await writeDirty(env)
}

/** The end of a call: recomputes what is stale and does what waits for it, until nothing is left of either. */
export async function settle(env: Env): Promise<void> {
  do await flush(env)
  while (await env.transaction.runBeforeCommit())
}

function firstStale(env: Env): { info: ModelInfo; field: FieldInfo } | undefined {
  const { order } = env.registry.graph
  let first: { info: ModelInfo; field: FieldInfo } | undefined
  let least = Infinity
  for (const [model, fields] of env.transaction.stale) {
    const info = env.registry.get(model)
    for (const [name, ids] of fields) {
      const field = info.fields.get(name) as FieldInfo
      const place = order.get(field) ?? 0
      if (ids.size > 0 && place < least) {
        least = place
        first = { info, field }
      }
    }
  }
  return first
}

/** Writes recomputed values: one statement per model and set of fields, whatever the number of records. */
export async function writeDirty(env: Env, only?: string): Promise<void> {
  const { dirty } = env.transaction
  for (const [model, records] of dirty) {
    if (only !== undefined && model !== only) continue
    dirty.delete(model)
    const info = env.registry.get(model)
    const shapes = groupBy(records, ([, fields]) => [...fields].sort().join(','))
    for (const [shape, rows] of shapes) {
      const fields = shape.split(',').map((name) => info.fields.get(name) as FieldInfo)
      await updateRows(
        env,
        info,
        fields,
        rows.map(([id]) => id),
      )
    }
  }
}

/** Writes the cached values of some fields of some records in one statement. */
export async function updateRows(
  env: Env,
  info: ModelInfo,
  fields: readonly FieldInfo[],
  ids: readonly number[],
): Promise<void> {
  const { cache } = env.transaction
  const rows = ids.flatMap((id) => {
    const record = cache.find(info.name, id)
    return record ? [[id, ...fields.map((field) => bindable(columnValue(field, record[field.name])))]] : []
  })
  const first = rows[0]
  if (!first) return
  env.transaction.touch(info.name, ids)
  const columns: TypedColumn[] = [
    { name: 'id', type: 'id' },
    ...fields.map((field) => ({ name: field.name, type: columnTypeOf(field) })),
  ]
  if (rows.every((row) => row.every((value, i) => i === 0 || value === first[i]))) {
    const sets = fields.map((field, i) => sql`${ident(field.name)} = ${first[i + 1]}`)
    await env.connection.run(
      sql`UPDATE ${ident(info.table)} SET ${join(sets, ', ')} WHERE ${env.dialect.anyOf(
        ident('id'),
        rows.map((row) => row[0] as number),
      )}`,
    )
    return
  }
  const sets = fields.map((field) => sql`${ident(field.name)} = ${ident('v', field.name)}`)
  await env.connection.run(sql`
    UPDATE ${ident(info.table)} SET ${join(sets, ', ')} FROM ${env.dialect.rowsTable(columns, rows)} WHERE ${ident(info.table, 'id')} = ${ident('v', 'id')}`)
}

export function columnTypeOf(field: FieldInfo): TypedColumn['type'] {
  return isMultiValued(field) ? 'json' : (field.column ?? 'text')
}

function bindable(value: unknown): unknown {
  return value ?? null
}
