import { field, model, type Recs, type RecordsOf, type Values } from '#core'
import { invalidating } from './invalidating.ts'
import { menuTree, webMenus, type WebMenu } from './ir_ui_menu_tree.ts'

export class IrUiMenuFields {
  name = field.char({ string: 'Menu', required: true, translate: true })
  active = field.boolean({ default: true })
  sequence = field.integer({ default: 10 })
  child_id = field.one2many('ir.ui.menu', 'parent_id', { string: 'Child IDs' })
  parent_id = field.many2one('ir.ui.menu', { string: 'Parent Menu', index: true, ondelete: 'restrict' })
  parent_path = field.char({ index: true })
  groups_id = field.many2many('res.groups', {
    relation: 'ir_ui_menu_group_rel',
    column1: 'menu_id',
    column2: 'gid',
    string: 'Groups',
    help: 'Who sees it; everybody when empty, as far as its action may be used.',
  })
  complete_name = field.char({ string: 'Full Path' })
  web_icon = field.char({ string: 'Web Icon File' })
  action = field.reference({
    selection: {
      'ir.actions.act_window': 'Window Action',
      'ir.actions.client': 'Client Action',
      'ir.actions.server': 'Server Action',
      'ir.actions.act_url': 'URL',
      'ir.actions.report': 'Report',
    },
  })
}

export const IrUiMenu = model(
  'ir.ui.menu',
  IrUiMenuFields,
  { description: 'Menu', order: 'sequence, id', parentStore: true },
  (Base) =>
    class extends invalidating(Base, 'actions') {
      /** A menu that is not named is called as its action. */
      override async create(values: readonly Values<'ir.ui.menu'>[]): Promise<Recs<'ir.ui.menu'>> {
        const named: Values<'ir.ui.menu'>[] = []
        for (const one of values)
          named.push(one.name || !one.action ? one : { ...one, name: await this._nameOf(one.action) })
        return super.create(named)
      }

      async _nameOf(action: string): Promise<string> {
        const id = Number(action.split(',')[1])
        const [row] = await this.env.browse('ir.actions.actions', [id]).load(['name'])
        return row?.name ?? ''
      }

      /** Menus below a deleted one become apps of their own. */
      override async unlink(): Promise<void> {
        const below = await this.withContext({ active_test: false }).search([['parent_id', 'in', this.ids]])
        if (below.length > 0) await below.write({ parent_id: null })
        await super.unlink()
      }

      /** The menus that the user sees, by id and under `root` the apps: those whose action may be used, and folders of such. */
      async load_menus(_debug: unknown): Promise<Record<string, unknown>> {
        return menuTree(this.env)
      }

      /** The same as the web client wants it, with what each menu opens. */
      async load_web_menus(_debug: unknown): Promise<Record<string, WebMenu>> {
        return webMenus(this.env)
      }
    },
)

IrUiMenu.compute('complete_name', ['name', 'parent_id.complete_name'], (menu) =>
  menu.parent_id ? `${menu.parent_id.complete_name}/${menu.name}` : menu.name,
)
  .callable('load_menus', { on: 'model', readonly: true, params: { debug: { default: false } } })
  .callable('load_web_menus', { on: 'model', readonly: true, params: { debug: { default: false } } })

export interface IrUiMenu extends RecordsOf<typeof IrUiMenu> {}
declare module '#core' {
  interface Models {
    'ir.ui.menu': { fields: IrUiMenuFields; records: IrUiMenu }
  }
}
