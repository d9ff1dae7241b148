import type { FieldInfo } from '../fields/info.ts'
import type { Env } from '../orm/env.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { SearchOptions } from '../orm/operations.ts'
import type { Row } from '../sql/connection.ts'
import { FIELD_UNKNOWN } from '../fields/errors.ts'
import { flush } from '../orm/compute/flush.ts'
import { sourceColumns } from '../orm/compute/sources.ts'
import { ALIAS, searchSql, whereOf } from '../orm/search.ts'
import { checkAccess } from '../orm/check-access.ts'
import { hint } from '../orm/setup/checks.ts'
import { cacheValue, isMany } from '../orm/values.ts'
import { checkAsked, checkModelAccess, hasModelAccess, mayUseField } from '../security/access.ts'
import { and, ident, join, sql, type Sql } from '../sql/fragment.ts'
import { EVERYTHING } from '../domain/tree.ts'
import { wireColumn, type Naming } from './columns.ts'

/** One record as a client reads it. */
export type WireRecord = { id: number } & Record<string, unknown>

/** The fields asked for, or all that the user may see. @throws FIELD_UNKNOWN, ACCESS_FIELD */
export async function askedFields(
  env: Env,
  info: ModelInfo,
  names: readonly string[] | undefined,
): Promise<FieldInfo[]> {
  if (!names || names.length === 0) return visibleFields(env, info)
  const fields = new Map<string, FieldInfo>()
  for (const name of names) {
    const field = info.fields.get(name)
    if (!field)
      throw new FIELD_UNKNOWN(info.name, name).with({
        model: info.name,
        field: name,
        hint: hint(name, info.fields.keys()),
      })
    fields.set(name, field)
  }
  checkAsked(env, [...fields.values()])
  return [...fields.values()]
}

/** The fields that the user may see; lists of records of models that are closed to the user are none of them. */
async function visibleFields(env: Env, info: ModelInfo): Promise<FieldInfo[]> {
  const visible: FieldInfo[] = []
  for (const field of info.fields.values()) {
    if (!mayUseField(env, field)) continue
    if (!isMany(field) || (await hasModelAccess(env, env.registry.get(field.comodel as string), 'read')))
      visible.push(field)
  }
  return visible
}

/** Columns to select for the fields and for what they are computed from; `id` always comes along. */
function selection(info: ModelInfo, fields: readonly FieldInfo[]): Sql {
  const columns = new Set(['id', ...fields.flatMap((field) => sourceColumns(info, field)).map((field) => field.name)])
  return join(
    [...columns].map((name) => ident(ALIAS, name)),
    ', ',
  )
}

/** Keeps what computed fields are made of where they look for it. */
function keepSources(env: Env, info: ModelInfo, fields: readonly FieldInfo[], rows: readonly Row[]): void {
  const sources = new Set(
    fields.filter((field) => field.column === null).flatMap((field) => sourceColumns(info, field)),
  )
  if (sources.size === 0) return
  for (const row of rows) {
    const record = env.transaction.cache.record(info.name, row['id'] as number)
    for (const field of sources) if (!(field.name in record)) record[field.name] = cacheValue(field, row[field.name])
  }
}

/** Rows of the table as clients read them: relations and computed values are added, each for all rows at once. */
export async function wireRecords(
  env: Env,
  info: ModelInfo,
  fields: readonly FieldInfo[],
  rows: readonly Row[],
  naming: Naming,
): Promise<WireRecord[]> {
  keepSources(env, info, fields, rows)
  const records = rows.map((row): WireRecord => ({ id: row['id'] as number }))
  for (const field of fields) {
    if (field.name === 'id') continue
    const valueOf = await wireColumn(env, info, field, rows, naming)
    for (let i = 0; i < rows.length; i++) (records[i] as WireRecord)[field.name] = valueOf(rows[i] as Row)
  }
  return records
}

/**
 * Reads records by id, in the order given. Ids that do not exist are left out.
 * @throws ACCESS_MODEL, ACCESS_RULE
 */
export async function readRecords(
  env: Env,
  model: string,
  ids: readonly number[],
  fields: readonly FieldInfo[],
  naming: Naming,
): Promise<WireRecord[]> {
  const info = env.registry.get(model)
  await checkModelAccess(env, info, 'read')
  await flush(env)
  if (ids.length === 0) return []
  const { where } = await whereOf(env.with({ context: { active_test: false } }), info, EVERYTHING)
  const byId = and([env.dialect.anyOf(ident(ALIAS, 'id'), [...new Set(ids)]), where])
  const rows = await env.connection.rows(
    sql`SELECT ${selection(info, fields)} FROM ${ident(info.table)} AS ${ident(ALIAS)} WHERE ${byId}`,
  )
  const found = new Map(rows.map((row) => [row['id'] as number, row]))
  const unseen = ids.filter((id) => !found.has(id))
  if (unseen.length > 0 && !env.su) await refuseHidden(env, model, unseen)
  return wireRecords(
    env,
    info,
    fields,
    ids.flatMap((id): Row[] => (found.has(id) ? [found.get(id) as Row] : [])),
    naming,
  )
}

/** What was not found either does not exist, which is no mistake, or must not be seen. */
async function refuseHidden(env: Env, model: string, ids: readonly number[]): Promise<void> {
  const there = await env.model(model, ids).exists()
  if (there.length > 0) await checkAccess(env, model, there.ids, 'read')
}

/** Searches and reads in one statement, plus one per relation. */
export async function searchRecords(
  env: Env,
  model: string,
  domain: readonly unknown[],
  fields: readonly FieldInfo[],
  options: SearchOptions,
  naming: Naming,
): Promise<WireRecord[]> {
  const info = env.registry.get(model)
  await checkModelAccess(env, info, 'read')
  await flush(env)
  const rows = await env.connection.rows(
    sql`SELECT ${selection(info, fields)} ${await searchSql(env, info, domain, options)}`,
  )
  return wireRecords(env, info, fields, rows, naming)
}
