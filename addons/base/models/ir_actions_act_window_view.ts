import { field, model, type RecordsOf } from '#core'

export class IrActionsActWindowViewFields {
  sequence = field.integer()
  view_id = field.many2one('ir.ui.view', { string: 'View', ondelete: 'cascade' })
  view_mode = field.selection(
    {
      list: 'List',
      form: 'Form',
      graph: 'Graph',
      pivot: 'Pivot',
      calendar: 'Calendar',
      kanban: 'Kanban',
      activity: 'Activity',
    },
    { string: 'View Type', required: true },
  )
  act_window_id = field.many2one('ir.actions.act_window', { string: 'Action', ondelete: 'cascade', index: true })
  multi = field.boolean({ string: 'On Multiple Doc.' })
}

/** A view that an action shows as one of its kinds. */
export const IrActionsActWindowView = model(
  'ir.actions.act_window.view',
  IrActionsActWindowViewFields,
  {
    description: 'Action Window View',
    table: 'ir_act_window_view',
    order: 'sequence, id',
    recName: 'view_id',
    indexes: { mode_unique: 'act_window_id, view_mode' },
  },
  (Base) => class extends Base {},
)

export interface IrActionsActWindowView extends RecordsOf<typeof IrActionsActWindowView> {}
declare module '#core' {
  interface Models {
    'ir.actions.act_window.view': { fields: IrActionsActWindowViewFields; records: IrActionsActWindowView }
  }
}
