import type { Env } from './env.ts'
import type { ModelInfo, OrderKey } from './model-info.ts'
import type { Operation, SearchOptions } from './operations.ts'
import type { Tree } from '../domain/tree.ts'
import { compileDomain } from '../domain/compile.ts'
import { compileOrder, parseOrder } from '../domain/order.ts'
import { parseDomain } from '../domain/parse.ts'
import { resolveDomain, withActive } from '../domain/resolve.ts'
import { allOf, EVERYTHING } from '../domain/tree.ts'
import { checkAsked, checkModelAccess } from '../security/access.ts'
import { ruleTree } from '../security/rules.ts'
import { ident, join, raw, sql, TRUE, type Sql } from '../sql/fragment.ts'
import { LIMIT_WRONG } from './errors.ts'
import { compileContext } from './compile-context.ts'
import { domainScope } from './domain-scope.ts'
import { flush } from './compute/flush.ts'

/** The alias of the searched table in every query. */
export const ALIAS = 't'

/** SQLite takes OFFSET only after LIMIT. */
const UNLIMITED = 2 ** 31 - 1

/** FROM and WHERE of a domain for the user: archived records left out, rules applied. */
export async function whereOf(
  env: Env,
  info: ModelInfo,
  domain: readonly unknown[] | Tree,
  operation: Operation = 'read',
): Promise<{ where: Sql; tree: Tree }> {
  const scope = domainScope(env)
  const parsed = Array.isArray(domain) ? parseDomain(domain) : (domain as Tree)
  const wanted =
    parsed === EVERYTHING && !info.activeField
      ? parsed
      : await resolveDomain(withActive(parsed, info, scope.activeTest), info, scope)
  const rules = await ruleTree(env, info, operation)
  const allowed =
    rules === EVERYTHING
      ? rules
      : await resolveDomain(rules, info, domainScope(env.sudo('record rules look at everything')))
  const tree = allOf([wanted, allowed])
  return { where: compileDomain(tree, info, ALIAS, compileContext(env)), tree }
}

/** `FROM … JOIN … WHERE … ORDER BY … LIMIT …` of a search, after which columns of the alias `t` can be selected. */
export async function searchSql(
  env: Env,
  info: ModelInfo,
  domain: readonly unknown[],
  options: SearchOptions,
): Promise<Sql> {
  const { where } = await whereOf(env, info, domain)
  const order: readonly OrderKey[] = options.order ? readableOrder(env, info, options.order) : info.order
  const { terms, joins } = compileOrder(order, info, ALIAS, compileContext(env))
  const parts = [sql`FROM ${ident(info.table)} AS ${ident(ALIAS)}`]
  if (joins.text) parts.push(joins)
  if (where !== TRUE) parts.push(sql`WHERE ${where}`)
  if (terms.text) parts.push(sql`ORDER BY ${terms}`)
  const { limit, offset } = options
  for (const bound of [limit, offset])
    if (bound !== undefined && (!Number.isSafeInteger(bound) || bound < 0)) throw new LIMIT_WRONG(bound)
  if (limit !== undefined || offset) parts.push(sql`LIMIT ${limit ?? UNLIMITED}`)
  if (offset) parts.push(sql`OFFSET ${offset}`)
  return join(parts, ' ')
}

/** An order of the caller's choice tells of the values that it sorts by. */
function readableOrder(env: Env, info: ModelInfo, text: string): readonly OrderKey[] {
  const order = parseOrder(text, info)
  checkAsked(
    env,
    order.flatMap((key) => info.fields.get(key.field.split('.')[0] as string) ?? []),
  )
  return order
}

/** Ids of the records that fulfil the domain. Values that wait to be recomputed are brought up to date first. */
export async function search(
  env: Env,
  model: string,
  domain: readonly unknown[],
  options: SearchOptions,
): Promise<readonly number[]> {
  const info = env.registry.get(model)
  await checkModelAccess(env, info, 'read')
  await flush(env)
  const rows = await env.connection.rows<{ id: number }>(
    sql`SELECT ${ident(ALIAS, 'id')} ${await searchSql(env, info, domain, options)}`,
  )
  return rows.map((row) => row.id)
}

/** How many searches one statement holds: SQLite takes 500 terms of UNION ALL, and each has parameters. */
const TOGETHER = 100

/**
 * Ids of several searches at once, such as of the columns of a board: one statement for up to a hundred of them.
 * @throws ACCESS_MODEL, ACCESS_FIELD, LIMIT_WRONG, and what a wrong domain throws
 */
export async function searchEach(
  env: Env,
  model: string,
  searches: readonly { readonly domain: readonly unknown[]; readonly options: SearchOptions }[],
): Promise<readonly (readonly number[])[]> {
  const info = env.registry.get(model)
  await checkModelAccess(env, info, 'read')
  await flush(env)
  const found = searches.map((): number[] => [])
  for (let start = 0; start < searches.length; start += TOGETHER) {
    const parts: Sql[] = []
    for (const [i, { domain, options }] of searches.slice(start, start + TOGETHER).entries()) {
      const from = await searchSql(env, info, domain, options)
      const one = sql`(SELECT ${ident(ALIAS, 'id')} AS id ${from}) AS ${ident(`s${i}`)}`
      // the place of each row in its search: a union promises no order of its own
      parts.push(sql`SELECT ${raw(String(start + i))} AS n, ROW_NUMBER() OVER () AS place, id FROM ${one}`)
    }
    const rows = await env.connection.rows<{ n: number; id: number }>(
      sql`SELECT n, id FROM (${join(parts, ' UNION ALL ')}) AS ${ident('found')} ORDER BY n, place`,
    )
    for (const { n, id } of rows) found[n]?.push(id)
  }
  return found
}

/** The number of records that fulfil the domain; counting stops at `limit`. */
export async function count(env: Env, model: string, domain: readonly unknown[], limit?: number): Promise<number> {
  const info = env.registry.get(model)
  await checkModelAccess(env, info, 'read')
  await flush(env)
  const { where } = await whereOf(env, info, domain)
  const from = sql`FROM ${ident(info.table)} AS ${ident(ALIAS)} WHERE ${where}`
  if (limit !== undefined && (!Number.isSafeInteger(limit) || limit < 0)) throw new LIMIT_WRONG(limit)
  const counted = limit
    ? sql`SELECT count(*) AS n FROM (SELECT 1 ${from} LIMIT ${limit}) AS counted`
    : sql`SELECT count(*) AS n ${from}`
  const [row] = await env.connection.rows<{ n: number }>(counted)
  return row?.n ?? 0
}
