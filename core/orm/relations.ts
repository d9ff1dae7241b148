import type { FieldInfo } from '../fields/info.ts'
import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'
import { compileDomain } from '../domain/compile.ts'
import { compileOrder } from '../domain/order.ts'
import { parseDomain } from '../domain/parse.ts'
import { and, ident, raw, sql, TRUE, type Sql } from '../sql/fragment.ts'
import { compileContext } from './compile-context.ts'

const ALIAS = 't'

/** Whether archived records are left out of an x2many field for this environment. */
export function hidesArchived(env: Env, field: FieldInfo): boolean {
  return env.context.active_test !== false && field.options.context?.['active_test'] !== false
}

/** The name under which the cache holds the ids: with archived records they are another list. */
export function manyKey(env: Env, field: FieldInfo): string {
  return hidesArchived(env, field) ? field.name : `${field.name}*`
}

/** Brings the ids of stored x2many fields into the cache, in the comodel's order: one query per field for all records. */
export async function ensureMany(
  env: Env,
  info: ModelInfo,
  ids: readonly number[],
  fields: readonly FieldInfo[],
): Promise<void> {
  const { cache } = env.transaction
  for (const field of fields) {
    const key = manyKey(env, field)
    const missing = cache.missing(info.name, ids, [key])
    if (missing.length === 0) continue
    for (const id of missing) cache.record(info.name, id)[key] = []
    const saved = missing.filter((id) => id > 0)
    if (saved.length === 0) continue
    for (const row of await env.connection.rows<{ owner: number; id: number }>(query(env, info, field, saved))) {
      ;(cache.record(info.name, row.owner)[key] as number[]).push(row.id)
    }
  }
}

/**
 * Forgets which records an x2many field holds, of some or all owners; those being created keep what they were given, and
 * so does a form that is not saved: its lines are in no table from which they could be read anew.
 */
export function forgetMany(env: Env, info: ModelInfo, field: FieldInfo, ids?: readonly number[]): void {
  if (env.transaction.draft) return
  env.transaction.cache.forget(info.name, [field.name, `${field.name}*`], ids)
}

function query(env: Env, info: ModelInfo, field: FieldInfo, ids: readonly number[]): Sql {
  const comodel = env.registry.get(field.comodel as string)
  const { terms, joins } = compileOrder(comodel.order, comodel, ALIAS, compileContext(env))
  const active =
    comodel.activeField && hidesArchived(env, field) ? sql`${ident(ALIAS, comodel.activeField)} = ${true}` : TRUE
  const from = sql`FROM ${ident(comodel.table)} AS ${raw(ALIAS)}`
  if (field.relation) {
    const { table, column1, column2 } = field.relation
    const owner = ident('r', column1)
    return sql`SELECT ${owner} AS owner, ${raw('t.id')} ${from} JOIN ${ident(table)} AS r ON ${ident('r', column2)} = t.id ${joins}
      WHERE ${and([env.dialect.anyOf(owner, ids), active])} ORDER BY ${terms}`
  }
  const inverse = comodel.fields.get(field.inverse as string) as FieldInfo
  const owner = ident(ALIAS, inverse.name)
  const conditions = [env.dialect.anyOf(owner, ids), active]
  if (inverse.type === 'many2one_reference')
    conditions.push(sql`${ident(ALIAS, inverse.options.modelField as string)} = ${info.name}`)
  if (field.options.filter)
    conditions.push(compileDomain(parseDomain(field.options.filter), comodel, ALIAS, compileContext(env)))
  return sql`SELECT ${owner} AS owner, t.id ${from} ${joins} WHERE ${and(conditions)} ORDER BY ${terms}`
}
