import { field, type Env, type Json, type Losses, model, type RecordsOf } from '#core'

export class BaseModuleUninstallFields {
  show_all = field.boolean()
  module_id = field.many2one('ir.module.module', {
    string: 'Module',
    required: true,
    ondelete: 'cascade',
    readonly: true,
    domain: "[('state', 'in', ['installed', 'to upgrade', 'to install'])]",
  })
  module_ids = field.many2many('ir.module.module', { string: 'Impacted modules', store: false, readonly: true })
  model_ids = field.many2many('ir.model', { string: 'Impacted data models', store: false, readonly: true })
  lost = field.json({ string: 'What will be lost', store: false, readonly: true })
}

/** The dialog that shows what uninstalling a module would lose, and does it. */
export const BaseModuleUninstall = model(
  'base.module.uninstall',
  BaseModuleUninstallFields,
  { description: 'Module Uninstall', transient: true },
  (Base) =>
    class extends Base {
      async action_uninstall(): Promise<Readonly<Record<string, unknown>>> {
        const modules = (await this.load(['module_id.id'])).map((one) => one.module_id.id)
        return this.env.browse('ir.module.module', modules).button_immediate_uninstall()
      }
    },
)

BaseModuleUninstall.callable('action_uninstall')
  .computeBatch('lost', ['module_id'], async (wizards, env) => {
    const { addons } = env.transaction
    const lost = new Map<number, Json>()
    for (const { id, module_id } of wizards) {
      const [one] = module_id ? await env.browse('ir.module.module', [module_id.id]).load(['name']) : []
      if (one && addons) lost.set(id, (await addons.losses(env, [one.name])) as unknown as Json)
    }
    return lost
  })
  .computeBatch('module_ids', ['lost'], async (wizards, env) => {
    const known = await idsByName(
      env,
      'ir.module.module',
      'name',
      wizards.flatMap(({ lost }) => lossesIn(lost).modules),
    )
    return new Map(wizards.map(({ id, lost }) => [id, lossesIn(lost).modules.flatMap((name) => known.get(name) ?? [])]))
  })
  .computeBatch('model_ids', ['lost'], async (wizards, env) => {
    const names = (lost: Json): string[] => lossesIn(lost).models.map(({ model }) => model)
    const known = await idsByName(
      env,
      'ir.model',
      'model',
      wizards.flatMap(({ lost }) => names(lost)),
    )
    return new Map(wizards.map(({ id, lost }) => [id, names(lost).flatMap((name) => known.get(name) ?? [])]))
  })

const NOTHING: Losses = { modules: [], models: [], fields: [], values: [], records: [] }
const lossesIn = (lost: Json): Losses => (lost ?? NOTHING) as unknown as Losses

async function idsByName(
  env: Env,
  model: string,
  field: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await (await env.model(model).search([[field, 'in', names]])).load([field])
  return new Map(rows.map((row) => [String(row[field]), row.id]))
}

export interface BaseModuleUninstall extends RecordsOf<typeof BaseModuleUninstall> {}
declare module '#core' {
  interface Models {
    'base.module.uninstall': { fields: BaseModuleUninstallFields; records: BaseModuleUninstall }
  }
}
