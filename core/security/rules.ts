import type { Env } from '../orm/env.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Operation } from '../orm/operations.ts'
import type { Row } from '../sql/connection.ts'
import { allOf, anyOf, EVERYTHING, type Tree } from '../domain/tree.ts'
import { parseDomain, treeToDomain } from '../domain/parse.ts'
import { withRights } from '../orm/make-env.ts'
import { evaluate } from '../expr/evaluate.ts'
import { names } from '../expr/names.ts'
import { parse } from '../expr/parse.ts'
import { sql } from '../sql/fragment.ts'
import { ruleScope } from './rule-scope.ts'

interface RuleRow extends Row {
  id: number
  name: string | null
  domain_force: string | null
  global: unknown
}

/** Names whose value changes from moment to moment: a rule that uses one is evaluated anew for each call. */
const MOMENTARY = new Set(['time', 'datetime', 'context_today', 'relativedelta', 'now'])

async function rulesOf(env: Env, model: string, operation: Operation): Promise<readonly RuleRow[]> {
  return env.caches.get('security', `rules ${env.uid} ${model} ${operation}`, () =>
    env.connection.rows<RuleRow>(sql`
      SELECT r.id, r.name, r.domain_force, NOT EXISTS (SELECT 1 FROM rule_group_rel g WHERE g.rule_group_id = r.id) AS global
      FROM ir_rule r JOIN ir_model m ON m.id = r.model_id
      WHERE m.model = ${model} AND r.active = ${true}
        AND CASE ${operation} WHEN 'read' THEN r.perm_read WHEN 'write' THEN r.perm_write WHEN 'create' THEN r.perm_create ELSE r.perm_unlink END = ${true}
        AND (NOT EXISTS (SELECT 1 FROM rule_group_rel g WHERE g.rule_group_id = r.id)
          OR EXISTS (SELECT 1 FROM rule_group_rel g JOIN res_groups_users_rel u ON u.gid = g.group_id WHERE g.rule_group_id = r.id AND u.uid = ${env.uid}))
      ORDER BY r.id`),
  )
}

/**
 * The records that rules let the user do the operation on: rules without groups all hold, of the rules of the user's
 * groups one is enough. Rules of delegated models hold for the record behind.
 */
export async function ruleTree(env: Env, info: ModelInfo, operation: Operation): Promise<Tree> {
  if (env.su) return EVERYTHING
  const key = `tree ${env.uid} ${env.companyIds.join(',')} ${env.companyId} ${info.name} ${operation}`
  const known = env.caches.peek<Tree>('security', key)
  if (known) return known
  const rules = await rulesOf(env, info.name, operation)
  const trees = rules.map((rule) => ({ global: rule.global === true || rule.global === 1, ...domainOf(env, rule) }))
  const grouped = trees.filter((rule) => !rule.global).map((rule) => rule.tree)
  const parts = trees.filter((rule) => rule.global).map((rule) => rule.tree)
  if (grouped.length > 0) parts.push(anyOf(grouped))
  for (const [model, field] of info.delegates) {
    const below = await ruleTree(env, env.registry.get(model), operation)
    if (below !== EVERYTHING) parts.push({ type: 'any', field, tree: below, negated: false })
  }
  const tree = allOf(parts)
  if (trees.some((rule) => rule.momentary)) return tree
  return env.caches.get('security', key, async () => tree)
}

/** The same as a domain, for the user of the environment even where its rights are not checked. */
export async function ruleDomain(env: Env, model: string, operation: Operation): Promise<unknown[]> {
  return treeToDomain(await ruleTree(withRights(env), env.registry.get(model), operation))
}

/** The domain of a rule for the user of the environment, and whether it holds for this moment only. */
export function domainOf(env: Env, rule: { readonly domain_force: string | null }): { tree: Tree; momentary: boolean } {
  const source = rule.domain_force?.trim()
  if (!source) return { tree: EVERYTHING, momentary: false }
  const momentary = [...names(parse(source))].some((name) => MOMENTARY.has(name))
  return { tree: parseDomain(evaluate(source, ruleScope(env))), momentary }
}

/** Names of the rules that keep the user from these records, for the error message. */
export async function ruleNames(env: Env, info: ModelInfo, operation: Operation): Promise<string[]> {
  return (await rulesOf(env, info.name, operation)).map((rule) => rule.name ?? `rule ${rule.id}`)
}
