import { evaluate, ruleScope, type Env, type Transaction } from '#core'
import { runServerAction } from '#addons/base/actions/run-server-action.ts'
import { AUTOMATION_LOOP } from '../errors.ts'
import type { Rule } from './known.ts'

/** Rules that set each other off may be nested so deep. */
const MAX_DEPTH = 12

/** A rule that is at work on records. */
interface Running {
  readonly rule: Rule
  readonly ids: ReadonlySet<number>
}

const running = new WeakMap<Transaction, Running[]>()

/** Records of the ids that a domain text holds for: one query, none for an empty domain. */
export async function matching(
  env: Env,
  model: string,
  ids: readonly number[],
  domain: string,
  condition: readonly unknown[] = [],
): Promise<readonly number[]> {
  const asked =
    domain.trim() === ''
      ? []
      : (evaluate(domain, { ...ruleScope(env), uid: env.uid }, { zone: env.zone }) as readonly unknown[])
  if (ids.length === 0 || (asked.length === 0 && condition.length === 0)) return ids
  const system = env.sudo('rules look at every record').with({ context: { active_test: false } })
  const found = new Set((await system.model(model).search([['id', 'in', [...ids]], ...condition, ...asked])).ids)
  return ids.filter((id) => found.has(id))
}

/** Those of the records that the rule is not at work on already: what its own actions change sets it off no more. */
export function idle(env: Env, rule: Rule, ids: readonly number[]): readonly number[] {
  const now = running.get(env.transaction)?.filter((one) => one.rule.id === rule.id) ?? []
  return now.length === 0 ? ids : ids.filter((id) => !now.some((one) => one.ids.has(id)))
}

/**
 * Runs the actions of a rule on records, with the rights of the system and in the name of the user.
 * @throws AUTOMATION_LOOP, and what the actions throw, with the rule in `details`
 */
export async function applyRule(
  env: Env,
  rule: Rule,
  ids: readonly number[],
  names: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const todo = idle(env, rule, ids)
  if (todo.length === 0 || rule.actions.length === 0) return
  let stack = running.get(env.transaction)
  if (!stack) running.set(env.transaction, (stack = []))
  if (stack.length >= MAX_DEPTH) throw new AUTOMATION_LOOP([...stack.map((one) => one.rule.name), rule.name])
  stack.push({ rule, ids: new Set(todo) })
  try {
    const [first = 0] = todo
    const system = env
      .sudo('rules are made by those who may do everything')
      .with({ context: { active_model: rule.model, active_ids: todo, active_id: first } })
    for (const action of rule.actions) await runServerAction(system, action, names)
  } finally {
    stack.pop()
  }
}
