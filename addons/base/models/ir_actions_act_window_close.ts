import { field, model, type RecordsOf } from '#core'
import { ActionFields, actionKind } from './ir_actions.ts'

export class IrActionsActWindowCloseFields extends ActionFields {
  type = field.char({ required: true, default: 'ir.actions.act_window_close' })
}

/** An action that closes the dialog it is answered to. */
export const IrActionsActWindowClose = model(
  'ir.actions.act_window_close',
  IrActionsActWindowCloseFields,
  { description: 'Action Window Close', table: 'ir_act_window_close', order: 'name, id', idFrom: 'ir.actions.actions' },
  (Base) => class extends actionKind(Base) {},
)

export interface IrActionsActWindowClose extends RecordsOf<typeof IrActionsActWindowClose> {}
declare module '#core' {
  interface Models {
    'ir.actions.act_window_close': { fields: IrActionsActWindowCloseFields; records: IrActionsActWindowClose }
  }
}
