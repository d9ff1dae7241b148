import {
  field,
  model,
  type Ctor,
  type Env,
  type ModelName,
  type RecordSet,
  type RecordsOf,
  type Recs,
  type Values,
} from '#core'
import { actionForClient } from './ir_actions_client_form.ts'
import { bindingsOf } from './ir_actions_bindings.ts'
import { ACTION_UNKNOWN } from './ir_errors.ts'

/** What all kinds of action have: a row of `ir.actions.actions` stands beside each, under the same id. */
export class ActionFields {
  name = field.char({ string: 'Action Name', required: true, translate: true })
  path = field.char({ string: 'Path to show in the URL', copy: false })
  help = field.html({
    string: 'Action Description',
    translate: true,
    help: 'Shown to people while there are no records.',
  })
  binding_model_id = field.many2one('ir.model', {
    string: 'Binding Model',
    ondelete: 'cascade',
    index: 'not null',
    help: 'The model in whose views the action is offered.',
  })
  binding_type = field.selection({ action: 'Action', report: 'Report' }, { required: true, default: 'action' })
  binding_view_types = field.char({ default: 'list,form' })
}

export class IrActionsFields extends ActionFields {
  type = field.char({ string: 'Action Type', required: true })
}

/** Names that addresses use for something else. */
const TAKEN = /^(new|m-.*|action-.*|\d.*)$/
const PATH = /^[a-z][a-z0-9_-]*$/

export const IrActions = model(
  'ir.actions.actions',
  IrActionsFields,
  {
    description: 'Actions',
    table: 'ir_actions',
    order: 'name, id',
    sqlConstraints: { path_unique: ['unique(path)', 'Another action has this path already.'] },
  },
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'ir.actions.actions'>[]): Promise<Recs<'ir.actions.actions'>> {
        this.env.transaction.invalidated.add('actions')
        return super.create(values)
      }

      override async write(values: Values<'ir.actions.actions'>): Promise<void> {
        this.env.transaction.invalidated.add('actions')
        await super.write(values)
      }

      /** Deletes actions of whatever kind: each through its own model. */
      override async unlink(): Promise<void> {
        this.env.transaction.invalidated.add('actions')
        const rows = await this.load(['type'])
        for (const type of new Set(rows.map((row) => row.type))) {
          const ids = rows.filter((row) => row.type === type).map(({ id }) => id)
          if (isKind(this.env, type)) await (await this.env.model(type, ids).exists()).unlink()
        }
        await (await this.exists())._unlinkTwins()
      }

      async _unlinkTwins(): Promise<void> {
        await super.unlink()
      }

      /** Actions and reports that views of a model offer to the user: `{ action: […], print: […] }`. */
      async get_bindings(model_name: string): Promise<Record<string, Record<string, unknown>[]>> {
        return bindingsOf(this.env, model_name)
      }

      /**
       * An action as clients carry it out, by id, external id or path.
       * @throws ACTION_UNKNOWN, ACCESS_ACTION
       */
      async load_action(
        action_id: number | string,
        context: Record<string, unknown> | null = null,
      ): Promise<Record<string, unknown>> {
        const id = await this._find(action_id)
        const [row] =
          id === undefined ? [] : await this.sudo('which kind an action is of is no secret').browse([id]).load(['type'])
        if (id === undefined || !row) throw new ACTION_UNKNOWN(String(action_id))
        return actionForClient(this.env, row.type, id, context ?? {})
      }

      async _find(action: number | string): Promise<number | undefined> {
        if (typeof action === 'number' || /^\d+$/.test(action)) return Number(action)
        if (action.includes('.')) {
          const record = await this.env.xmlId(action)
          return record && record[0].startsWith('ir.actions.') ? record[1] : undefined
        }
        const [id] = (
          await this.sudo('addresses of actions are no secret').search([['path', '=', action]], { limit: 1 })
        ).ids
        return id
      }
    },
)

IrActions.constrain(['path'], (action) => {
  if (!action.path) return undefined
  if (TAKEN.test(action.path))
    return `'${action.path}' cannot be the path of an action: addresses use it for something else.`
  return PATH.test(action.path)
    ? undefined
    : `The path '${action.path}' may have small letters, digits, - and _, and begins with a letter.`
})
  .callable('get_bindings', { on: 'model', readonly: true, params: { model_name: { type: 'string' } } })
  .callable('load_action', {
    on: 'model',
    readonly: true,
    params: {
      action_id: { type: ['integer', 'string'] },
      context: { type: ['object', 'null', 'boolean'], default: null },
    },
  })

export const isKind = (env: Env, type: string): boolean => type.startsWith('ir.actions.') && env.registry.has(type)

/** The base of a kind of action: its row of `ir.actions.actions` follows what is written and deleted here. */
export function actionKind<N extends ModelName>(Base: Ctor<RecordSet<N>>): Ctor<RecordSet<N>> {
  return class extends Base {
    override async write(values: Values<N>): Promise<void> {
      const { registry, transaction } = this.env
      transaction.invalidated.add('actions')
      const { fields } = registry.get('ir.actions.actions')
      const shared = Object.fromEntries(Object.entries(values).filter(([name]) => fields.has(name)))
      if (Object.keys(shared).length > 0)
        await this.env.sudo('an action and its number go together').browse('ir.actions.actions', this.ids).write(shared)
      await super.write(values)
    }

    override async unlink(): Promise<void> {
      const { ids } = this
      await super.unlink()
      const twins = await this.env
        .sudo('an action and its number go together')
        .browse('ir.actions.actions', ids)
        .exists()
      this.env.transaction.invalidated.add('actions')
      await twins._unlinkTwins()
    }
  }
}

export interface IrActions extends RecordsOf<typeof IrActions> {}
declare module '#core' {
  interface Models {
    'ir.actions.actions': { fields: IrActionsFields; records: IrActions }
  }
}
