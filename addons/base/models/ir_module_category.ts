import { field, model, type RecordsOf } from '#core'

export class IrModuleCategoryFields {
  name = field.char({ required: true, translate: true, index: true })
  parent_id = field.many2one('ir.module.category', { string: 'Parent Application', index: true })
  child_ids = field.one2many('ir.module.category', 'parent_id', { string: 'Child Applications' })
  module_ids = field.one2many('ir.module.module', 'category_id', { string: 'Modules' })
  description = field.text({ translate: true })
  sequence = field.integer()
  visible = field.boolean({ default: true })
  exclusive = field.boolean({
    help: 'A user has one group of the category at most, and groups of a lower level are part of it.',
  })
}

/** What modules, and the groups of rights that they bring, are sorted by. */
export const IrModuleCategory = model(
  'ir.module.category',
  IrModuleCategoryFields,
  {
    description: 'Application',
    order: 'sequence, name, id',
  },
  (Base) => class extends Base {},
)

export interface IrModuleCategory extends RecordsOf<typeof IrModuleCategory> {}
declare module '#core' {
  interface Models {
    'ir.module.category': { fields: IrModuleCategoryFields; records: IrModuleCategory }
  }
}
