import { field, model, type RecordsOf } from '#core'

export class BaseModuleUpgradeFields {
  module_info = field.text({ string: 'Apps to Update', readonly: true })
}

const VERBS = [
  ['install', 'to install'],
  ['upgrade', 'to upgrade'],
  ['uninstall', 'to remove'],
] as const

/** The dialog that does all that is planned for modules. */
export const BaseModuleUpgrade = model(
  'base.module.upgrade',
  BaseModuleUpgradeFields,
  { description: 'Upgrade Module', transient: true },
  (Base) =>
    class extends Base {
      /** Does all that is planned and closes the dialog. */
      async upgrade_module(): Promise<Readonly<Record<string, unknown>>> {
        await this.env['ir.module.module']._apply()
        return { type: 'ir.actions.act_window_close' }
      }

      /** Forgets all that is planned. */
      async upgrade_module_cancel(): Promise<Readonly<Record<string, unknown>>> {
        await this.env['ir.module.module'].check_access('write')
        await this.env['ir.module.module']._forget_plans()
        return { type: 'ir.actions.act_window_close' }
      }
    },
)

BaseModuleUpgrade.callable('upgrade_module')
  .callable('upgrade_module_cancel')
  .default('module_info', async (env) => {
    const plans = await env['ir.module.module']._plans()
    return VERBS.flatMap(([verb, state]) => plans[verb].map((name) => `${name}: ${state}`)).join('\n')
  })

export interface BaseModuleUpgrade extends RecordsOf<typeof BaseModuleUpgrade> {}
declare module '#core' {
  interface Models {
    'base.module.upgrade': { fields: BaseModuleUpgradeFields; records: BaseModuleUpgrade }
  }
}
