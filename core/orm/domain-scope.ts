import type { Env } from './env.ts'
import type { DomainScope } from '../domain/resolve.ts'
import { parseDomain } from '../domain/parse.ts'
import { checkAsked, checkModelAccess } from '../security/access.ts'
import { ruleTree } from '../security/rules.ts'

/** What resolving a domain asks of the environment: rules of other models, and how their records are found by name. */
export function domainScope(env: Env): DomainScope {
  return {
    env,
    registry: env.registry,
    activeTest: env.context.active_test !== false,
    checkField: (field) => checkAsked(env, [field]),
    checkModel: (model) => checkModelAccess(env, model, 'read'),
    accessTree: (model) => ruleTree(env, model, 'read'),
    nameDomain: async (model, operator, operand) =>
      parseDomain(await env.model(model.name)._name_domain(operator, operand)),
  }
}
