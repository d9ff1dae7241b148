import { evaluate, field, model, ruleScope, type Env, type RecordsOf } from '#core'
import { invalidating } from './invalidating.ts'

export class IrRuleFields {
  name = field.char()
  active = field.boolean({ default: true, help: 'Archive it to switch it off without losing it.' })
  model_id = field.many2one('ir.model', { string: 'Model', required: true, index: true, ondelete: 'cascade' })
  groups = field.many2many('res.groups', {
    relation: 'rule_group_rel',
    column1: 'rule_group_id',
    column2: 'group_id',
    ondelete: 'restrict',
    help: "Whom it is for. Rules without groups hold for all; of the rules of a user's groups one is enough.",
  })
  domain_force = field.text({ string: 'Domain', help: 'May speak of user, company_id, company_ids and of times.' })
  perm_read = field.boolean({ string: 'Read', default: true })
  perm_write = field.boolean({ string: 'Write', default: true })
  perm_create = field.boolean({ string: 'Create', default: true })
  perm_unlink = field.boolean({ string: 'Delete', default: true })
  global = field.boolean({ store: true, help: 'Holds for everybody.' })
}

export const IrRule = model(
  'ir.rule',
  IrRuleFields,
  {
    description: 'Record Rule',
    order: 'model_id desc, id',
  },
  (Base) => class extends invalidating(Base, 'security') {},
)

IrRule.compute('global', ['groups'], (rule) => rule.groups.length === 0)
  .constrain(['perm_read', 'perm_write', 'perm_create', 'perm_unlink'], (rule) =>
    rule.perm_read || rule.perm_write || rule.perm_create || rule.perm_unlink
      ? undefined
      : 'A record rule must be about one operation at least: read, write, create or delete.',
  )
  .constrain(['model_id.model'], (rule) =>
    rule.model_id.model === 'ir.rule' ? 'There can be no record rules on record rules.' : undefined,
  )
  .constrainBatch(['name', 'domain_force', 'model_id.model'], async (rules, env) => {
    for (const rule of rules) {
      const mistake = await domainMistake(env, rule.model_id.model, rule.domain_force)
      if (mistake !== undefined)
        return `The domain of the rule '${rule.name ?? rule.id}' on ${rule.model_id.model} is wrong: ${mistake}`
    }
    return undefined
  })

/** What is wrong with the domain of a rule, or nothing: it must evaluate for the current user and search the model. */
async function domainMistake(env: Env, name: string, source: string | null): Promise<string | undefined> {
  if (!source?.trim()) return undefined
  if (!env.registry.has(name)) return 'the model is not there.'
  const system = env.sudo('the domain is only tried out')
  try {
    const domain = evaluate(source, ruleScope(system))
    if (!Array.isArray(domain)) return 'it is not a list of conditions.'
    await env.connection.savepoint(() => system.model(name)._search(domain, { limit: 0 }))
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

export interface IrRule extends RecordsOf<typeof IrRule> {}
declare module '#core' {
  interface Models {
    'ir.rule': { fields: IrRuleFields; records: IrRule }
  }
}
