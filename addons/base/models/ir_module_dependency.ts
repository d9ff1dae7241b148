import { field, model, type RecordsOf } from '#core'

export class IrModuleDependencyFields {
  name = field.char({ required: true, index: true })
  module_id = field.many2one('ir.module.module', { string: 'Module', ondelete: 'cascade', index: true })
  depend_id = field.many2one('ir.module.module', { string: 'Dependency' })
  auto_install_required = field.boolean({ default: true })
}

/** One module that another one needs, by name: it need not be there. */
export const IrModuleDependency = model(
  'ir.module.module.dependency',
  IrModuleDependencyFields,
  {
    description: 'Module dependency',
    order: 'name, id',
  },
  (Base) => class extends Base {},
)

IrModuleDependency.computeBatch('depend_id', ['name'], async (dependencies, env) => {
  const modules = await env['ir.module.module'].search([['name', 'in', dependencies.map((one) => one.name)]])
  const idOf = new Map((await modules.load(['name'])).map((one) => [one.name, one.id]))
  return new Map(dependencies.map((one) => [one.id, idOf.get(one.name) ?? null]))
})

export interface IrModuleDependency extends RecordsOf<typeof IrModuleDependency> {}
declare module '#core' {
  interface Models {
    'ir.module.module.dependency': { fields: IrModuleDependencyFields; records: IrModuleDependency }
  }
}
