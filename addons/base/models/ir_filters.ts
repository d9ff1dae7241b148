import { field, model, type RecordsOf } from '#core'
import { FILTER_DEFAULT_TAKEN } from './ir_errors.ts'

export class IrFiltersFields {
  name = field.char({ string: 'Filter Name', required: true, translate: true })
  user_id = field.many2one('res.users', {
    string: 'User',
    ondelete: 'cascade',
    default: (env) => env.uid,
    help: "Whose filter it is; everybody's when empty.",
  })
  model_id = field.dynamicSelection(
    async (env) => Object.fromEntries([...env.registry.models()].map((info) => [info.name, info.description])),
    { string: 'Model', required: true, index: true },
  )
  domain = field.text({ required: true, default: '[]' })
  context = field.text({ required: true, default: '{}' })
  sort = field.char({ required: true, default: '[]', help: 'The order of the records as a JSON list: ["name desc"].' })
  is_default = field.boolean({ string: 'Default Filter' })
  action_id = field.integer({ string: 'Action', help: 'The id of the action that the filter is for; any when 0.' })
  active = field.boolean({ default: true })
}

/** A filter as clients save it; `false` stands for nobody's and for any action. */
export interface NewFilter {
  readonly name: string
  readonly model_id: string
  readonly user_id?: number | false
  readonly action_id?: number | false
  readonly domain?: string
  readonly context?: string
  readonly sort?: string
  readonly is_default?: boolean
}

/** A filter as clients read it. */
export interface FilterFacts {
  readonly id: number
  readonly name: string
  readonly user_id: readonly [id: number, name: string] | null
  readonly domain: string
  readonly context: string
  readonly sort: string
  readonly is_default: boolean
  readonly action_id: number
}

const TEXT = { type: 'string' }
const ID = { type: ['integer', 'boolean'] }
const NEW_FILTER = {
  type: 'object',
  required: ['name', 'model_id'],
  additionalProperties: false,
  properties: {
    name: TEXT,
    model_id: TEXT,
    user_id: ID,
    action_id: ID,
    domain: TEXT,
    context: TEXT,
    sort: TEXT,
    is_default: { type: 'boolean' },
  },
}

export const IrFilters = model(
  'ir.filters',
  IrFiltersFields,
  {
    description: 'Filters',
    order: 'model_id, name, id desc',
  },
  (Base) =>
    class extends Base {
      /** The user's own filters of a model and the shared ones; those of another action are left out. */
      async get_filters(model: string, action_id: number | false | null = null): Promise<FilterFacts[]> {
        const filters = await this.search([
          ['model_id', '=', model],
          ['user_id', 'in', [this.env.uid, null]],
          ['action_id', 'in', [0, action_id || 0]],
        ])
        const rows = await filters.load([
          'name',
          'user_id.display_name',
          'domain',
          'context',
          'sort',
          'is_default',
          'action_id',
        ])
        return rows.map(({ id, name, user_id, domain, context, sort, is_default, action_id }) => ({
          id,
          name,
          user_id: user_id && [user_id.id, user_id.display_name],
          domain,
          context,
          sort,
          is_default,
          action_id,
        }))
      }

      /**
       * Saves a filter; one of the same name, user, model and action is replaced. Of a default filter the others of the
       * user cease to be default.
       * @throws FILTER_DEFAULT_TAKEN when another shared filter is everybody's default
       */
      async create_or_replace(vals: NewFilter): Promise<number> {
        const user_id = vals.user_id === undefined ? this.env.uid : vals.user_id || null
        const action_id = vals.action_id || 0
        const siblings = await (
          await this.search([
            ['model_id', '=', vals.model_id],
            ['user_id', '=', user_id],
            ['action_id', '=', action_id],
          ])
        ).load(['name', 'is_default'])
        const same = siblings.find((one) => one.name.toLowerCase() === vals.name.toLowerCase())
        if (vals.is_default) {
          const others = siblings.filter((one) => one.is_default && one !== same)
          if (user_id === null && others[0]) throw new FILTER_DEFAULT_TAKEN(others[0].name)
          if (others.length > 0) await this.browse(others.map((one) => one.id)).write({ is_default: false })
        }
        const values = { ...vals, user_id, action_id }
        if (same) await same.write(values)
        const [id = 0] = same ? same.ids : (await this.create([values])).ids
        return id
      }

      override async copy_data(values: Record<string, unknown> = {}): Promise<Record<string, unknown>[]> {
        const copies = await super.copy_data(values)
        return copies.map((copy) => ('name' in values ? copy : { ...copy, name: `${String(copy['name'])} (copy)` }))
      }
    },
)

IrFilters.constrainBatch(['model_id'], async (filters, env) => {
  const stray = filters.find((one) => !env.registry.has(one.model_id))
  return stray && `A filter is for '${stray.model_id}', which is not a model.`
})
  .constrainBatch(['name', 'model_id', 'user_id', 'action_id'], async (filters, env) => {
    const known = await env['ir.filters']
      .withContext({ active_test: false })
      .search([['model_id', 'in', filters.map((one) => one.model_id)]])
    const key = (one: { name: string; model_id: string; user_id: { id: number } | null; action_id: number }): string =>
      JSON.stringify([one.name.toLowerCase(), one.model_id, one.user_id?.id, one.action_id])
    const all = await known.load(['name', 'model_id', 'user_id', 'action_id'])
    const keys = all.map(key)
    const twice = filters.find((one) => keys.indexOf(key(one)) !== keys.lastIndexOf(key(one)))
    return twice && `There is a filter '${twice.name}' of this user for ${twice.model_id} already.`
  })
  .callable('get_filters', {
    on: 'model',
    readonly: true,
    params: { model: { type: 'string' }, action_id: { type: ['integer', 'boolean', 'null'], default: null } },
  })
  .callable('create_or_replace', { on: 'model', params: { vals: NEW_FILTER } })

export interface IrFilters extends RecordsOf<typeof IrFilters> {}
declare module '#core' {
  interface Models {
    'ir.filters': { fields: IrFiltersFields; records: IrFilters }
  }
}
