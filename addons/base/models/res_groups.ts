import { field, model, type RecordsOf } from '#core'
import { copyName } from '../tools/copy-name.ts'
import { invalidating } from './invalidating.ts'

export class ResGroupsFields {
  name = field.char({ required: true, translate: true })
  full_name = field.char({ string: 'Group Name' })
  users = field.many2many('res.users', {
    relation: 'res_groups_users_rel',
    column1: 'gid',
    column2: 'uid',
    context: { active_test: false },
  })
  model_access = field.one2many('ir.model.access', 'group_id', { string: 'Access Controls', copy: true })
  rule_groups = field.many2many('ir.rule', {
    string: 'Rules',
    relation: 'rule_group_rel',
    column1: 'group_id',
    column2: 'rule_group_id',
  })
  comment = field.text({ translate: true })
  category_id = field.many2one('ir.module.category', { string: 'Application', index: true })
  color = field.integer({ string: 'Color Index', aggregator: null })
  share = field.boolean({ string: 'Share Group', help: 'Made to share some records with somebody.' })
}

export const ResGroups = model(
  'res.groups',
  ResGroupsFields,
  {
    description: 'Access Groups',
    order: 'name, id',
    sqlConstraints: {
      name_uniq: ['unique (category_id, name)', 'The name of the group must be unique within an application!'],
    },
  },
  (Base) =>
    class extends invalidating(Base, 'security') {
      /** A group is found by its own name, by that of its application, or by both as `Sales / Manager`. */
      override async _name_domain(operator: string, text: unknown): Promise<readonly unknown[]> {
        return fullNameDomain(operator, text)
      }

      override async copy_data(values: Record<string, unknown> = {}): Promise<Record<string, unknown>[]> {
        const copies = await super.copy_data(values)
        return 'name' in values ? copies : copies.map((copy) => ({ ...copy, name: copyName(copy['name']) }))
      }
    },
)

ResGroups.compute('full_name', ['name', 'category_id.name'], ({ name, category_id }) =>
  category_id ? `${category_id.name} / ${name}` : name,
)
  .compute('display_name', ['full_name'], ({ full_name }) => full_name ?? '')
  .search('full_name', fullNameDomain)
  .constrain(['name'], ({ name }) => (name.startsWith('-') ? 'The name of a group cannot begin with "-".' : undefined))

/** The domain for a text in the full name of a group; with a slash the first part is the application's. */
function fullNameDomain(operator: string, text: unknown): readonly unknown[] {
  const negative = operator.startsWith('not ') || operator === '!='
  const [application, ...rest] = typeof text === 'string' ? text.split(' / ') : []
  if (application !== undefined && rest.length > 0 && !negative) {
    return ['&', ['category_id.name', operator, application], ['name', operator, rest.join(' / ')]]
  }
  return [negative ? '&' : '|', ['name', operator, text], ['category_id.name', operator, text]]
}

export interface ResGroups extends RecordsOf<typeof ResGroups> {}
declare module '#core' {
  interface Models {
    'res.groups': { fields: ResGroupsFields; records: ResGroups }
  }
}
