import { or, sql, type Sql } from '../../sql/fragment.ts'
import type { Row } from '../../sql/connection.ts'
import { groupBy } from '../../tools/iter.ts'
import { columnTypeOf } from '../compute/flush.ts'
import type { Env } from '../env.ts'
import { reserveIds } from '../ids.ts'
import { columnValue } from '../values.ts'
import { explained } from '../violations.ts'

const MODEL = 'ir.model.data'
/** The id of an external id whose record was deleted: no record has it. */
export const GONE = 0

/** A record under the name that files know it by, `module.name`. */
export interface ExternalId {
  readonly xmlid: string
  readonly model: string
  readonly id: number
  /** Whether updates of the module leave the record as it is. */
  readonly noupdate: boolean
}

interface DataRow extends Row {
  readonly module: string
  readonly name: string
  readonly model: string
  /** NULL when the record was deleted and no upgrade may bring it back. */
  readonly res_id: number | null
  readonly noupdate: unknown
}

/** `sale.order_1` as its module and name. */
export function splitXmlId(xmlid: string): [module: string, name: string] {
  const dot = xmlid.indexOf('.')
  return [xmlid.slice(0, dot), xmlid.slice(dot + 1)]
}

const given = ({ module, name, model, res_id, noupdate }: DataRow): ExternalId => ({
  xmlid: module ? `${module}.${name}` : name,
  model,
  id: res_id ?? GONE,
  noupdate: noupdate === true || noupdate === 1,
})

/** All external ids of the records, the first that they got first: one query. */
export async function externalIdsOf(
  env: Env,
  model: string,
  ids: readonly number[],
): Promise<Map<number, ExternalId[]>> {
  if (ids.length === 0) return new Map()
  const rows = await env.connection.rows<DataRow>(sql`
    SELECT module, name, model, res_id, noupdate FROM ir_model_data
    WHERE model = ${model} AND ${env.dialect.anyOf(sql`res_id`, ids)} ORDER BY id`)
  return groupBy(rows.map(given), ({ id }) => id)
}

/** What stands behind the complete names; those that nothing stands behind are left out. One query. */
export async function findExternalIds(env: Env, xmlids: readonly string[]): Promise<Map<string, ExternalId>> {
  if (xmlids.length === 0) return new Map()
  const rows = await env.connection.rows<DataRow>(
    sql`SELECT module, name, model, res_id, noupdate FROM ir_model_data WHERE ${among(env, xmlids)}`,
  )
  return new Map(rows.map((row) => [`${row.module}.${row.name}`, given(row)]))
}

function among(env: Env, xmlids: readonly string[]): Sql {
  return or(
    [...groupBy(xmlids.map(splitXmlId), ([module]) => module)].map(
      ([module, names]) =>
        sql`(module = ${module} AND ${env.dialect.anyOf(
          sql`name`,
          names.map(([, name]) => name),
        )})`,
    ),
  )
}

/** Takes names away from whatever they stand for: one statement. */
export async function removeExternalIds(env: Env, xmlids: readonly string[]): Promise<void> {
  if (xmlids.length > 0) await env.connection.run(sql`DELETE FROM ir_model_data WHERE ${among(env, xmlids)}`)
}

/** Gives records names that nobody has: one statement. */
export async function giveExternalIds(env: Env, list: readonly ExternalId[]): Promise<void> {
  if (list.length === 0) return
  const info = env.registry.get(MODEL)
  const ids = await reserveIds(env, info, list.length)
  const { now } = env.transaction
  const log: Record<string, unknown> = { create_uid: env.uid, write_uid: env.uid, create_date: now, write_date: now }
  const values = list.map(({ xmlid, model, id, noupdate }, i): Record<string, unknown> => {
    const [module, name] = splitXmlId(xmlid)
    return { ...log, id: ids[i], module, name, model, res_id: id, noupdate }
  })
  const columns = info.columns.map((field) => ({
    name: field.name,
    type: field.name === 'id' ? ('id' as const) : columnTypeOf(field),
  }))
  const rows = values.map((row) => info.columns.map((field) => columnValue(field, row[field.name] ?? null)))
  await explained(env, info, ids, () => env.connection.insert(info.table, columns, rows))
}
