import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'
import type { Operation } from './operations.ts'
import { compileDomain } from '../domain/compile.ts'
import { resolveDomain } from '../domain/resolve.ts'
import { EVERYTHING, type Tree } from '../domain/tree.ts'
import { ACCESS_RULE } from '../security/access-errors.ts'
import { checkModelAccess, VERBS } from '../security/access.ts'
import { ruleNames, ruleTree } from '../security/rules.ts'
import { and, ident, sql } from '../sql/fragment.ts'
import { compileContext } from './compile-context.ts'
import { writeDirty } from './compute/flush.ts'
import { RECORD_MISSING } from './errors.ts'
import { domainScope } from './domain-scope.ts'
import { exists } from './exists.ts'

/**
 * Refuses what the user may not do: with the model at all, then with each of the records by the rules.
 * @throws ACCESS_MODEL, ACCESS_RULE, RECORD_MISSING
 */
export async function checkAccess(
  env: Env,
  model: string,
  ids: readonly number[],
  operation: Operation,
): Promise<void> {
  if (env.su) return
  const info = env.registry.get(model)
  await checkModelAccess(env, info, operation)
  const refused = await outsideRules(env, info, ids, operation)
  if (refused.length === 0) return
  const there = await exists(env, model, refused)
  if (there.length === 0) throw new RECORD_MISSING(info.description, model, refused).with({ model, ids: refused })
  throw new ACCESS_RULE(VERBS[operation], info.description, model, there, await ruleNames(env, info, operation)).with({
    model,
    operation,
    ids: there,
    uid: env.uid,
  })
}

/** Those of the records that the rules keep from the user, missing ones included; one query, none when no rule speaks. */
export async function outsideRules(
  env: Env,
  info: ModelInfo,
  ids: readonly number[],
  operation: Operation,
): Promise<readonly number[]> {
  const saved = ids.filter((id) => id > 0)
  if (env.su || saved.length === 0) return []
  const rules = await ruleTree(env, info, operation)
  if (rules === EVERYTHING) return []
  const key = `${env.uid} ${env.companyIds.join(',')} ${info.name} ${operation}`
  let verified = env.transaction.verified.get(key)
  if (!verified) env.transaction.verified.set(key, (verified = new Set()))
  const known = verified
  const unknown = saved.filter((id) => !known.has(id))
  if (unknown.length === 0) return []
  for (const id of await insideTree(env, info, unknown, rules)) known.add(id)
  return unknown.filter((id) => !known.has(id))
}

/** Those of the records that a tree holds for, whatever rules say of what it looks at; one query. */
export async function insideTree(
  env: Env,
  info: ModelInfo,
  ids: readonly number[],
  tree: Tree,
): Promise<readonly number[]> {
  await writeDirty(env)
  const resolved = await resolveDomain(tree, info, domainScope(env.sudo('record rules look at everything')))
  const where = and([env.dialect.anyOf(ident('t', 'id'), ids), compileDomain(resolved, info, 't', compileContext(env))])
  const rows = await env.connection.rows<{ id: number }>(sql`SELECT t.id FROM ${ident(info.table)} AS t WHERE ${where}`)
  return rows.map(({ id }) => id)
}
