import {
  checkViews,
  deferViews,
  field,
  model,
  refuseRoot,
  typeOfArch,
  VIEW_TYPES,
  type Recs,
  type RecordsOf,
  type Values,
} from '#core'
import { invalidating } from './invalidating.ts'

export interface ViewTypes {
  form: string
  list: string
  kanban: string
  search: string
  calendar: string
  graph: string
  pivot: string
  activity: string
  qweb: string
}

export class IrUiViewFields {
  name = field.char({ string: 'View Name', required: true })
  model = field.char({ index: true })
  key = field.char({ index: 'not null' })
  priority = field.integer({ string: 'Sequence', default: 16 })
  type = field.selection<keyof ViewTypes>(
    {
      form: 'Form',
      list: 'List',
      kanban: 'Kanban',
      search: 'Search',
      calendar: 'Calendar',
      graph: 'Graph',
      pivot: 'Pivot',
      activity: 'Activity',
      qweb: 'QWeb',
    },
    { string: 'View Type' },
  )
  arch = field.text({ string: 'View Architecture', help: 'The arch as it is now.' })
  arch_base = field.text({ string: 'Base View Architecture', help: 'The arch in English.' })
  arch_db = field.text({ string: 'Arch Blob' })
  arch_fs = field.char({ string: 'Arch Filename', readonly: true, help: 'The data file that the view came from.' })
  arch_line = field.integer({
    string: 'Arch Line',
    readonly: true,
    default: 1,
    help: 'The line of that file on which the arch begins.',
  })
  arch_updated = field.boolean({
    string: 'Modified Architecture',
    help: 'Whether people have changed it since it came from its file.',
  })
  inherit_id = field.many2one('ir.ui.view', { string: 'Inherited View', ondelete: 'restrict', index: true })
  inherit_children_ids = field.one2many('ir.ui.view', 'inherit_id', { string: 'Views which inherit from this one' })
  groups_id = field.many2many('res.groups', {
    string: 'Groups',
    relation: 'ir_ui_view_group_rel',
    column1: 'view_id',
    column2: 'group_id',
  })
  mode = field.selection(
    { primary: 'Base view', extension: 'Extension View' },
    {
      string: 'View inheritance mode',
      required: true,
      default: 'primary',
      help: 'An extension changes the view that it inherits; a base view that inherits one is a view of its own.',
    },
  )
  active = field.boolean({ default: true })
  xml_id = field.char({ string: 'External ID' })
  broken_reason = field.text({
    string: 'Set Aside Because',
    readonly: true,
    copy: false,
    help: 'Why the extension does not fit the view that it changes any more: it is left out until it does.',
  })
}

type ViewValues = Values<'ir.ui.view'>

export const IrUiView = model(
  'ir.ui.view',
  IrUiViewFields,
  { description: 'View', order: 'priority, name, id' },
  (Base) =>
    class extends invalidating(Base, 'views') {
      override async create(values: readonly ViewValues[]): Promise<Recs<'ir.ui.view'>> {
        const parents = await this._parents(values)
        const views = await super.create(values.map((one) => this._completed(one, parents)))
        await this._checkOrDefer(views.ids)
        return views
      }

      override async write(values: ViewValues): Promise<void> {
        const { arch, arch_base, ...rest } = values
        const text = arch ?? arch_base ?? rest.arch_db
        if (text === undefined) await super.write(rest)
        else {
          refuseRoot(text ?? '', this._isLoading())
          await super.write({ ...rest, arch_db: text, ...(this._isLoading() ? {} : { arch_updated: true }) })
        }
        const concerns =
          text !== undefined ||
          ['inherit_id', 'mode', 'model', 'type', 'active', 'priority'].some((name) => name in values)
        if (concerns) await this._checkOrDefer(this.ids)
      }

      /** The id of the view of a model and kind that is taken when none is named; `null` without one. */
      async default_view(model: string, view_type: string): Promise<number | null> {
        const [id] = (
          await this.search(
            [
              ['model', '=', model],
              ['type', '=', view_type as keyof ViewTypes],
              ['mode', '=', 'primary'],
            ],
            { limit: 1 },
          )
        ).ids
        return id ?? null
      }

      _isLoading(): boolean {
        return (this.env.context as { install_mode?: boolean }).install_mode === true
      }

      /** Views of data files are checked when all of their addon is there. */
      async _checkOrDefer(ids: readonly number[]): Promise<void> {
        if (this._isLoading()) deferViews(this.env, ids)
        else await checkViews(this.env, ids)
      }

      /** Kind, model and mode of a new view, where it does not state them. */
      _completed(
        values: ViewValues,
        parents: ReadonlyMap<number, { type: string | null; model: string | null }>,
      ): ViewValues {
        const { arch, arch_base, ...rest } = values
        const arch_db = arch ?? arch_base ?? rest.arch_db ?? ''
        const parent = typeof rest.inherit_id === 'number' ? parents.get(rest.inherit_id) : undefined
        const type = rest.type ?? parent?.type ?? typeOfArch(arch_db)
        if (parent === undefined) refuseRoot(arch_db, this._isLoading())
        return {
          ...rest,
          arch_db,
          type: type as keyof ViewTypes,
          mode: rest.mode ?? (parent ? 'extension' : 'primary'),
          model: rest.model ?? parent?.model ?? null,
          name: rest.name ?? `${rest.model ?? parent?.model ?? 'view'} ${type}`,
        }
      }

      async _parents(
        values: readonly ViewValues[],
      ): Promise<Map<number, { type: string | null; model: string | null }>> {
        const ids = [
          ...new Set(values.flatMap(({ inherit_id }) => (typeof inherit_id === 'number' ? [inherit_id] : []))),
        ]
        const parents = await this.browse(ids).load(['type', 'model'])
        return new Map(parents.map(({ id, type, model }) => [id, { type, model }]))
      }
    },
)

IrUiView.compute('arch', ['arch_db'], (view) => view.arch_db)
  .compute('arch_base', ['arch_db'], (view) => view.arch_db)
  .inverse('arch', async () => undefined)
  .inverse('arch_base', async () => undefined)
  .computeBatch('xml_id', ['name'], async (views, env) => {
    const names = await env['ir.model.data'].sudo('external ids are no secret').search(
      [
        ['model', '=', 'ir.ui.view'],
        ['res_id', 'in', views.map(({ id }) => id)],
      ],
      { order: 'id desc' },
    )
    const rows = await names.load(['module', 'name', 'res_id'])
    return new Map([
      ...views.map(({ id }) => [id, null] as const),
      ...rows.map(({ res_id, module, name }) => [res_id ?? 0, `${module}.${name}`] as const),
    ])
  })
  .constrain(['mode', 'inherit_id'], (view) =>
    view.mode === 'extension' && !view.inherit_id ? 'A view in extension mode must inherit another one.' : undefined,
  )
  .constrain(['mode', 'inherit_id', 'groups_id'], (view) =>
    view.mode === 'extension' && view.inherit_id && view.groups_id.length > 0
      ? 'A view that changes another one is for everybody: write groups at the nodes of its arch.'
      : undefined,
  )
  .constrain(['type'], (view) =>
    view.type === null || (VIEW_TYPES as readonly string[]).includes(view.type)
      ? undefined
      : `'${view.type}' is no kind of view.`,
  )
  .callable('default_view', {
    on: 'model',
    readonly: true,
    params: { model: { type: 'string' }, view_type: { type: 'string' } },
  })

export interface IrUiView extends RecordsOf<typeof IrUiView> {}
declare module '#core' {
  interface Models {
    'ir.ui.view': { fields: IrUiViewFields; records: IrUiView }
  }
}
