import type { FieldInfo } from '../../fields/info.ts'
import type { Env } from '../env.ts'
import type { ModelInfo, OrderKey } from '../model-info.ts'
import { isDatePart } from '../../domain/date-part.ts'
import { comodelOf } from '../../domain/field-facts.ts'
import { compileOrder } from '../../domain/order.ts'
import { date } from '../../fields/date.ts'
import { integer } from '../../fields/integer.ts'
import { checkAsked, checkModelAccess } from '../../security/access.ts'
import { ident, join, raw, sql, TRUE, type Sql } from '../../sql/fragment.ts'
import { compileContext } from '../compile-context.ts'
import { flush } from '../compute/flush.ts'
import { LIMIT_WRONG } from '../errors.ts'
import { ALIAS, whereOf } from '../search.ts'
import { type Aggregate, aggregateSql, readAggregate } from './aggregates.ts'
import type { GroupOrder } from './order.ts'
import { Joins } from './source.ts'
import type { Term } from './terms.ts'
import { weekStartOf } from './week.ts'

/** What is asked of a model's records. */
export interface GroupQuery {
  readonly domain: readonly unknown[]
  /** Without any, all records are one group. */
  readonly terms: readonly Term[]
  readonly aggregates: readonly Aggregate[]
  /** By default the terms one after the other; they decide, too, what the order leaves open. */
  readonly order?: readonly GroupOrder[] | undefined
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

/** One group. */
export interface GroupRow {
  /**
   * One key per term: an id, a number, a text or a boolean; `null` for empty. Periods are their first day, or hour, in
   * the time zone of the user: `YYYY-MM-DD[ HH:00:00]`.
   */
  readonly keys: readonly unknown[]
  readonly count: number
  /** One value per aggregate, as records hold it. */
  readonly values: readonly unknown[]
}

/** The alias of the groups, in the query around them. */
const GROUPS = 'g'
/** SQLite takes OFFSET only after LIMIT. */
const UNLIMITED = 2 ** 31 - 1
const COUNT = 'n'
const key = (i: number): string => `k${i}`
const value = (i: number): string => `a${i}`

/**
 * The groups of the records that fulfil the domain and that the user may see, in one statement. A record stands in
 * each group of the records that a many2many links it to.
 *
 *     await groupRows(env, order, { domain: [], terms: [month], aggregates: [total] })
 *     // [{ keys: ['2026-05-01'], count: 2, values: [150] }]
 *
 * @throws ACCESS_MODEL, ACCESS_FIELD, LIMIT_WRONG, and what a wrong domain throws
 */
export async function groupRows(env: Env, info: ModelInfo, query: GroupQuery): Promise<GroupRow[]> {
  const { terms, aggregates } = query
  const groups = await groupsSql(env, info, query.domain, terms, aggregates)
  const statement =
    terms.length > 0
      ? sql`SELECT ${ident(GROUPS)}.* FROM (${groups}) AS ${ident(GROUPS)} ${tail(env, info, query)}`
      : groups
  const rows = await env.connection.rows(statement)
  return rows.map((row) => ({
    keys: terms.map((term, i) => readKey(term, row[key(i)])),
    count: row[COUNT] as number,
    values: aggregates.map((one, i) => readAggregate(one, row[value(i)] ?? null)),
  }))
}

/** The number of groups that the terms make of the records. */
export async function countGroups(
  env: Env,
  info: ModelInfo,
  domain: readonly unknown[],
  terms: readonly Term[],
): Promise<number> {
  const groups = await groupsSql(env, info, domain, terms, [])
  const [row] = await env.connection.rows<{ n: number }>(sql`SELECT COUNT(*) AS n FROM (${groups}) AS ${ident(GROUPS)}`)
  return row?.n ?? 0
}

/** Keys, count and aggregates of all groups, in no order. */
async function groupsSql(
  env: Env,
  info: ModelInfo,
  domain: readonly unknown[],
  terms: readonly Term[],
  aggregates: readonly Aggregate[],
): Promise<Sql> {
  await checkModelAccess(env, info, 'read')
  checkAsked(
    env,
    [...terms, ...aggregates].map((one) => one.field),
  )
  await flush(env)
  const { where } = await whereOf(env, info, domain)
  const joins = new Joins(compileContext(env), ALIAS, await reachable(env, terms))
  const weekStart = await weekStartOf(env)
  const columns = [
    ...terms.map((term, i) => sql`${keySql(env, term, joins.column(term.source), weekStart)} AS ${ident(key(i))}`),
    sql`COUNT(*) AS ${ident(COUNT)}`,
    ...aggregates.map(
      (one, i) => sql`${aggregateSql(one, joins.column(one.source), env.dialect)} AS ${ident(value(i))}`,
    ),
  ]
  const parts = [sql`SELECT ${join(columns, ', ')} FROM ${ident(info.table)} AS ${ident(ALIAS)} ${joins.text}`]
  if (where !== TRUE) parts.push(sql`WHERE ${where}`)
  // by position: an expression with parameters is another one where it is repeated
  if (terms.length > 0) parts.push(raw(`GROUP BY ${terms.map((_, i) => i + 1).join(', ')}`))
  return join(parts, ' ')
}

/** For many2many terms, the ids that rules let the user see; archived ones are links like others. */
async function reachable(env: Env, terms: readonly Term[]): Promise<Map<string, Sql>> {
  const found = new Map<string, Sql>()
  for (const { source } of terms) {
    if (!source.field.relation) continue
    const comodel = comodelOf(source.field, env.registry)
    const { where } = await whereOf(env.with({ context: { active_test: false } }), comodel, [])
    if (where === TRUE) continue
    const from = sql`${ident(comodel.table)} AS ${ident(ALIAS)}`
    found.set(comodel.name, sql`(SELECT ${ident(ALIAS, 'id')} FROM ${from} WHERE ${where})`)
  }
  return found
}

/** What records are grouped by. Unset booleans are false and unset numbers 0, as they are when read. */
function keySql({ dialect, zone }: Env, { field, by }: Term, column: Sql, weekStart: number): Sql {
  if (by !== null) {
    const type = field.type === 'date' ? 'date' : 'datetime'
    return isDatePart(by)
      ? dialect.datePart(column, by, type, zone)
      : dialect.dateTrunc(column, by, type, zone, weekStart)
  }
  if (field.type === 'boolean') return sql`COALESCE(${column}, FALSE)`
  return isZeroWhenUnset(field) ? sql`COALESCE(${column}, 0)` : column
}

function isZeroWhenUnset(field: FieldInfo): boolean {
  return field.kind.empty === 0 && field.name !== 'id'
}

function readKey({ field, by }: Term, raw: unknown): unknown {
  if (raw === null || raw === undefined) return null
  return by === null && field.type === 'boolean' ? raw === true || raw === 1 : raw
}

/** Joins, order and limits of the query around the groups. */
function tail(env: Env, info: ModelInfo, { terms, aggregates, order = [], limit, offset }: GroupQuery): Sql {
  const wanted = [...order, ...terms.map((by): GroupOrder => ({ by, descending: false }))]
  const keys = new Map<string, OrderKey>()
  for (const { by, ...direction } of wanted) {
    const field = by === 'count' ? COUNT : 'spec' in by ? key(terms.indexOf(by)) : value(aggregates.indexOf(by))
    if (!keys.has(field)) keys.set(field, { field, ...direction })
  }
  // the groups are sorted like the records of a model whose fields are their columns: a many2one as its own model is
  const shape = { ...info, fields: groupFields(info, terms, aggregates) }
  const { terms: sorted, joins } = compileOrder([...keys.values()], shape, GROUPS, compileContext(env))
  for (const bound of [limit, offset]) {
    if (bound !== undefined && (!Number.isSafeInteger(bound) || bound < 0)) throw new LIMIT_WRONG(bound)
  }
  const parts = [joins, sql`ORDER BY ${sorted}`]
  if (limit || offset) parts.push(sql`LIMIT ${limit || UNLIMITED} OFFSET ${offset ?? 0}`)
  return join(parts, ' ')
}

/** The columns of the groups as fields: enough of them to be sorted by. */
function groupFields(
  info: ModelInfo,
  terms: readonly Term[],
  aggregates: readonly Aggregate[],
): Map<string, FieldInfo> {
  const plain = { ...(info.fields.get('id') as FieldInfo), kind: integer, type: 'integer' as const, required: false } // every model has ids
  const fields = terms.map(({ field, by }, i): [string, FieldInfo] => {
    const name = key(i)
    const isNumber = by !== null ? isDatePart(by) : field.type === 'many2many' || isZeroWhenUnset(field)
    if (isNumber) return [name, { ...plain, name }]
    if (by !== null) return [name, { ...plain, name, kind: date, type: 'date', column: 'date' }]
    return [
      name,
      { ...field, name, column: field.kind.column, required: false, translate: false, companyDependent: false },
    ]
  })
  const numbers = [COUNT, ...aggregates.map((_, i) => value(i))].map((name): [string, FieldInfo] => [
    name,
    { ...plain, name },
  ])
  return new Map([...fields, ...numbers])
}
