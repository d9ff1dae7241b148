import { field, model, type RecordsOf } from '#core'
import { MODULE_INSTALLED } from '../errors.ts'

export class IrModuleModuleFields {
  name = field.char({ string: 'Technical Name', required: true, readonly: true })
  shortdesc = field.char({ string: 'Module Name', readonly: true, translate: true })
  summary = field.char({ readonly: true, translate: true })
  description = field.text({ readonly: true, translate: true })
  category_id = field.many2one('ir.module.category', { string: 'Category', readonly: true, index: true })
  author = field.char({ readonly: true })
  license = field.char({ readonly: true })
  sequence = field.integer({ default: 100 })
  installed_version = field.char({ string: 'Version of the Files', readonly: true })
  latest_version = field.char({ string: 'Installed Version', readonly: true })
  checksum = field.char({
    help: 'Of the manifest and the data files as they were last loaded.',
    readonly: true,
    copy: false,
  })
  state = field.selection(
    {
      uninstallable: 'Uninstallable',
      uninstalled: 'Not Installed',
      installed: 'Installed',
      'to upgrade': 'To be upgraded',
      'to remove': 'To be removed',
      'to install': 'To be installed',
    },
    { string: 'Status', required: true, default: 'uninstalled', readonly: true, index: true },
  )
  application = field.boolean({ readonly: true })
  auto_install = field.boolean({ string: 'Automatic Installation', readonly: true })
  demo = field.boolean({ string: 'Demo Data', readonly: true, copy: false })
  dependencies_id = field.one2many('ir.module.module.dependency', 'module_id', {
    string: 'Dependencies',
    readonly: true,
  })
}

/** States in which nothing of a module is in the database. */
const ABSENT: ReadonlySet<string> = new Set(['uninstalled', 'uninstallable'])

export const IrModuleModule = model(
  'ir.module.module',
  IrModuleModuleFields,
  {
    description: 'Module',
    order: 'application desc, sequence, name',
    recName: 'shortdesc',
    recNamesSearch: ['name', 'shortdesc', 'summary'],
    sqlConstraints: { name_uniq: ['unique (name)', 'The name of the module must be unique.'] },
  },
  (Base) =>
    class extends Base {
      override async unlink(): Promise<void> {
        const present = (await this.load(['name', 'state'])).filter(({ state }) => !ABSENT.has(state))
        if (present.length > 0) throw new MODULE_INSTALLED(present.map(({ name }) => name))
        await super.unlink()
      }
    },
)

export interface IrModuleModule extends RecordsOf<typeof IrModuleModule> {}
declare module '#core' {
  interface Models {
    'ir.module.module': { fields: IrModuleModuleFields; records: IrModuleModule }
  }
}
