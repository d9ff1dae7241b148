import { evaluate, field, model, type Json, type RecordsOf } from '#core'
import { ActionFields, actionKind } from './ir_actions.ts'

export class IrActionsActWindowFields extends ActionFields {
  type = field.char({ required: true, default: 'ir.actions.act_window' })
  view_id = field.many2one('ir.ui.view', { string: 'View Ref.', ondelete: 'set null' })
  domain = field.char({ string: 'Domain Value', help: 'Which records it shows; may speak of the user and of times.' })
  context = field.char({ string: 'Context Value', required: true, default: '{}' })
  res_id = field.integer({ string: 'Record ID', help: 'Opens this record when the view is a form.' })
  res_model = field.char({ string: 'Destination Model', required: true })
  target = field.selection(
    { current: 'Current Window', new: 'New Window', fullscreen: 'Full Screen', main: 'Main action of Current Window' },
    { string: 'Target Window', default: 'current' },
  )
  view_mode = field.char({
    required: true,
    default: 'list,form',
    help: 'Kinds of view in order, with commas between them: list,form,kanban.',
  })
  mobile_view_mode = field.char({ default: 'kanban' })
  usage = field.char({ string: 'Action Usage' })
  view_ids = field.one2many('ir.actions.act_window.view', 'act_window_id', { string: 'No of Views' })
  views = field.json({ help: 'Each view with its id, or false for the usual one, in the order of the kinds.' })
  limit = field.integer({ default: 80, help: 'Rows of a page.' })
  groups_id = field.many2many('res.groups', {
    string: 'Groups',
    relation: 'ir_act_window_group_rel',
    column1: 'act_id',
    column2: 'gid',
  })
  search_view_id = field.many2one('ir.ui.view', { string: 'Search View Ref.' })
  filter = field.boolean()
  cache = field.boolean({ string: 'Data Caching', default: true })
}

const MODES = ['list', 'form', 'kanban', 'calendar', 'graph', 'pivot', 'activity', 'search', 'qweb']

export const IrActionsActWindow = model(
  'ir.actions.act_window',
  IrActionsActWindowFields,
  { description: 'Action Window', table: 'ir_act_window', order: 'name, id', idFrom: 'ir.actions.actions' },
  (Base) => class extends actionKind(Base) {},
)

IrActionsActWindow.compute(
  'views',
  ['view_mode', 'view_id.type', 'view_ids.view_mode', 'view_ids.view_id', 'view_ids.sequence'],
  (action): Json => {
    const fixed = action.view_ids.toSorted((a, b) => a.sequence - b.sequence || a.id - b.id)
    const views: [number | false, string][] = fixed.map((one) => [one.view_id?.id ?? false, one.view_mode])
    const missing = action.view_mode
      .split(',')
      .map((mode) => mode.trim())
      .filter((mode) => mode && !views.some(([, kind]) => kind === mode))
    const { view_id } = action
    for (const mode of missing) views.push([view_id?.type === mode ? view_id.id : false, mode])
    return views
  },
)
  .constrainBatch(['res_model', 'name'], async (actions, env) => {
    const wrong = actions.find((action) => !env.registry.has(action.res_model))
    return wrong && `The action '${wrong.name}' opens '${wrong.res_model}', which is not a model.`
  })
  .constrain(['view_mode', 'name'], (action) => {
    const modes = action.view_mode.split(',')
    const unknown = modes.find((mode) => !MODES.includes(mode.trim()))
    if (unknown !== undefined)
      return `The action '${action.name}' has the view mode '${unknown}': there are ${MODES.join(', ')}.`
    return new Set(modes).size < modes.length
      ? `The action '${action.name}' names a view mode twice: ${action.view_mode}.`
      : undefined
  })
  .constrain(['context', 'name'], (action) => {
    try {
      evaluate(action.context, new Proxy({}, { has: () => true, get: () => 0 }) as never)
      return undefined
    } catch (error) {
      return (error as { code?: string }).code === 'EXPR_SYNTAX'
        ? `The context of the action '${action.name}' cannot be read: ${(error as Error).message}`
        : undefined
    }
  })

export interface IrActionsActWindow extends RecordsOf<typeof IrActionsActWindow> {}
declare module '#core' {
  interface Models {
    'ir.actions.act_window': { fields: IrActionsActWindowFields; records: IrActionsActWindow }
  }
}
