import { type AccessExplanation, ComptoirError, explainAccess, field, model, type RecordsOf } from '#core'
import { EXPLAIN_FORBIDDEN } from '../errors.ts'
import { invalidating } from './invalidating.ts'

export class IrModelAccessFields {
  name = field.char({ required: true, index: true })
  active = field.boolean({ default: true, help: 'Archive it to switch it off without losing it.' })
  model_id = field.many2one('ir.model', { string: 'Model', required: true, index: true, ondelete: 'cascade' })
  group_id = field.many2one('res.groups', {
    string: 'Group',
    index: true,
    ondelete: 'restrict',
    help: 'Everybody when empty.',
  })
  perm_read = field.boolean({ string: 'Read Access' })
  perm_write = field.boolean({ string: 'Write Access' })
  perm_create = field.boolean({ string: 'Create Access' })
  perm_unlink = field.boolean({ string: 'Delete Access' })
}

/** What a right is asked for. */
type Operation = 'read' | 'write' | 'create' | 'unlink'

export const IrModelAccess = model(
  'ir.model.access',
  IrModelAccessFields,
  {
    description: 'Model Access',
    order: 'model_id, group_id, name, id',
  },
  (Base) =>
    class extends invalidating(Base, 'security') {
      /** Whether the user may do the operation with records of the model at all; refusing it is an error unless told otherwise. */
      async check(model: string, mode: Operation = 'read', raise_exception = true): Promise<boolean> {
        try {
          await this.env.model(model).check_access(mode)
          return true
        } catch (error) {
          if (raise_exception || !isRefusal(error)) throw error
          return false
        }
      }

      /**
       * Why a user, given by id or login, may or may not do the operation with the model and its records.
       * @throws EXPLAIN_FORBIDDEN for whom rights are none of their business
       */
      async explain_access(
        user: number | string,
        model: string,
        operation: Operation,
        ids: readonly number[],
      ): Promise<AccessExplanation> {
        const { groups } = this.env.user
        if (!this.env.su && !groups.has('base.group_erp_manager') && !groups.has('base.group_system'))
          throw new EXPLAIN_FORBIDDEN()
        const system = this.env.sudo('the rights of any user are explained')
        const [uid] = typeof user === 'number' ? [user] : (await system['res.users'].search([['login', '=', user]])).ids
        return explainAccess(system, { uid: uid ?? 0, model, operation, ids })
      }

      /** Names of the groups whose members may do the operation with records of the model. */
      async group_names_with_access(model_name: string, access_mode: Operation): Promise<string[]> {
        const rights = await this.search([
          ['model_id.model', '=', model_name],
          [`perm_${access_mode}`, '=', true],
          ['group_id', '!=', null],
        ])
        const names = (await rights.load(['group_id.full_name'])).map((one) => one.group_id?.full_name)
        return names.filter((name) => typeof name === 'string').sort()
      }
    },
)

const MODE = { enum: ['read', 'write', 'create', 'unlink'] }
IrModelAccess.callable('check', {
  on: 'model',
  readonly: true,
  params: {
    model: { type: 'string' },
    mode: { ...MODE, default: 'read' },
    raise_exception: { type: 'boolean', default: true },
  },
})
  .callable('explain_access', {
    on: 'model',
    readonly: true,
    params: {
      user: { type: ['integer', 'string'] },
      model: { type: 'string' },
      operation: MODE,
      ids: { type: 'array', items: { type: 'integer' }, maxItems: 1000, default: [] },
    },
  })
  .callable('group_names_with_access', {
    on: 'model',
    readonly: true,
    params: { model_name: { type: 'string' }, access_mode: MODE },
  })

const isRefusal = (error: unknown): boolean => error instanceof ComptoirError && error.exception === 'AccessError'

export interface IrModelAccess extends RecordsOf<typeof IrModelAccess> {}
declare module '#core' {
  interface Models {
    'ir.model.access': { fields: IrModelAccessFields; records: IrModelAccess }
  }
}
