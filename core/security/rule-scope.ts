import type { Env } from '../orm/env.ts'
import { EXPR_TYPE } from '../expr/errors.ts'
import type { ExprObject, Scope, Value } from '../expr/values.ts'

/** A record in an expression: its id, and the few attributes that are given. */
class RuleRecord implements ExprObject {
  readonly #values: Readonly<Record<string, Value>>

  constructor(values: Readonly<Record<string, Value>>) {
    this.#values = values
  }

  exprGet(name: string): Value | undefined {
    return Object.hasOwn(this.#values, name) ? this.#values[name] : undefined
  }

  exprNumber(): number {
    return Number(this.#values['id'])
  }
}

const record = (id: number, more: Readonly<Record<string, Value>> = {}): RuleRecord =>
  new RuleRecord({ id, ids: [id], ...more })

/** The user as an expression sees it; `has_group` is the one method. */
class RuleUser extends RuleRecord {
  readonly #groups: ReadonlySet<string>

  constructor(env: Env) {
    const { user } = env
    super({
      id: user.id,
      ids: [user.id],
      name: user.name,
      login: user.login,
      lang: user.lang,
      tz: user.tz,
      partner_id: record(user.partnerId, { commercial_partner_id: record(user.commercialPartnerId) }),
      commercial_partner_id: record(user.commercialPartnerId),
      company_id: record(user.companyId),
      company_ids: new RuleRecord({ id: user.companyIds[0] ?? 0, ids: [...user.companyIds] }),
      groups_id: new RuleRecord({ id: 0, ids: [...user.groupIds] }),
    })
    this.#groups = user.groups
  }

  exprCall(name: string, args: readonly Value[]): Value {
    if (name !== 'has_group') throw new EXPR_TYPE(`A user in a rule has no method '${name}', only 'has_group'`)
    return this.#groups.has(String(args[0]))
  }
}

/** What the domain of a record rule may name: `user`, `company_id`, `company_ids`; times come with the language. */
export function ruleScope(env: Env): Scope {
  return { user: new RuleUser(env), company_id: env.companyId, company_ids: [...env.companyIds] }
}
