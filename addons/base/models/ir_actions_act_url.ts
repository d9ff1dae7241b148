import { field, model, type RecordsOf } from '#core'
import { ActionFields, actionKind } from './ir_actions.ts'

export class IrActionsActUrlFields extends ActionFields {
  type = field.char({ required: true, default: 'ir.actions.act_url' })
  url = field.text({ string: 'Action URL', required: true })
  target = field.selection(
    { new: 'New Window', self: 'This Window', download: 'Download' },
    { string: 'Action Target', required: true, default: 'new' },
  )
}

/** An action that opens an address. */
export const IrActionsActUrl = model(
  'ir.actions.act_url',
  IrActionsActUrlFields,
  { description: 'Action URL', table: 'ir_act_url', order: 'name, id', idFrom: 'ir.actions.actions' },
  (Base) => class extends actionKind(Base) {},
)

export interface IrActionsActUrl extends RecordsOf<typeof IrActionsActUrl> {}
declare module '#core' {
  interface Models {
    'ir.actions.act_url': { fields: IrActionsActUrlFields; records: IrActionsActUrl }
  }
}
