import type { Env } from '../env.ts'
import { ident, sql } from '../../sql/fragment.ts'
import { ensureColumns } from '../columns.ts'
import type { Hop, Trigger } from './graph.ts'

/**
 * Goes a trigger's path backwards: from changed records to those whose value depends on them. In a draft only
 * records in the cache count; saved ones are recomputed when the draft is saved.
 */
export async function traceBack(env: Env, trigger: Trigger, ids: readonly number[]): Promise<readonly number[]> {
  let reached: readonly number[] = ids
  for (const hop of trigger.path.toReversed()) {
    if (reached.length === 0) return reached
    reached = [
      ...new Set(env.transaction.draft ? await hopInCache(env, hop, reached) : await hopInDatabase(env, hop, reached)),
    ]
  }
  return reached
}

async function hopInDatabase(env: Env, { model, field }: Hop, ids: readonly number[]): Promise<readonly number[]> {
  const { dialect, connection } = env
  if (field.type === 'one2many' && field.comodel && field.inverse)
    return inverseValues(env, field.comodel, field.inverse, ids)
  const unsaved = env.transaction.unsaved.get(field.comodel as string)
  // no row can point to a record that has none yet
  const pointedTo = unsaved ? ids.filter((id) => !unsaved.has(id)) : ids
  if (pointedTo.length === 0) return []
  if (field.type === 'many2many' && field.relation) {
    const { table, column1, column2 } = field.relation
    const rows = await connection.rows<{ id: number }>(
      sql`SELECT DISTINCT ${ident(column1)} AS id FROM ${ident(table)} WHERE ${dialect.anyOf(ident(column2), pointedTo)}`,
    )
    return rows.map((row) => row.id)
  }
  const rows = await connection.rows<{ id: number }>(
    sql`SELECT id FROM ${ident(model.table)} WHERE ${dialect.anyOf(ident(field.name), pointedTo)}`,
  )
  return rows.map((row) => row.id)
}

/** The records that the lines belong to. */
async function inverseValues(
  env: Env,
  model: string,
  inverse: string,
  ids: readonly number[],
): Promise<readonly number[]> {
  const info = env.registry.get(model)
  const field = info.fields.get(inverse)
  if (!field) return []
  if (!field.stored && field.related) {
    const rows = await env.model(model, ids).sudo('trace of a dependency').load([inverse])
    return rows.flatMap((row) => (row[inverse] as { id: number } | null)?.id ?? [])
  }
  await ensureColumns(env, info, ids, [field])
  return ids.flatMap((id) => {
    const parent = env.transaction.cache.find(model, id)?.[inverse]
    return typeof parent === 'number' ? [parent] : []
  })
}

async function hopInCache(env: Env, { model, field }: Hop, ids: readonly number[]): Promise<readonly number[]> {
  const { cache } = env.transaction
  if (field.type === 'one2many' && field.comodel && field.inverse) {
    const inverse = field.inverse
    return ids.flatMap((id) => {
      const parent = cache.find(field.comodel as string, id)?.[inverse]
      return typeof parent === 'number' ? [parent] : []
    })
  }
  const wanted = new Set(ids)
  const found: number[] = []
  for (const [id, record] of cache.records(model.name)) {
    const value = record[field.name]
    if (Array.isArray(value) ? value.some((one) => wanted.has(one as number)) : wanted.has(value as number))
      found.push(id)
  }
  return found
}
