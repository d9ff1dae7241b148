import { field, model, type RecordsOf } from '#core'

export class BaseModuleUpdateFields {
  updated = field.integer({ string: 'Number of modules updated', readonly: true })
  added = field.integer({ string: 'Number of modules added', readonly: true })
  state = field.selection({ init: 'init', done: 'done' }, { string: 'Status', readonly: true, default: 'init' })
}

/** The dialog that looks into the folders of addons again. */
export const BaseModuleUpdate = model(
  'base.module.update',
  BaseModuleUpdateFields,
  { description: 'Update Module', transient: true },
  (Base) =>
    class extends Base {
      async update_module(): Promise<boolean> {
        const [updated, added] = await this.env['ir.module.module'].update_list()
        await this.write({ updated, added, state: 'done' })
        return false
      }
    },
)

BaseModuleUpdate.callable('update_module')

export interface BaseModuleUpdate extends RecordsOf<typeof BaseModuleUpdate> {}
declare module '#core' {
  interface Models {
    'base.module.update': { fields: BaseModuleUpdateFields; records: BaseModuleUpdate }
  }
}
