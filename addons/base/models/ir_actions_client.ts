import { field, model, type RecordsOf } from '#core'
import { ActionFields, actionKind } from './ir_actions.ts'

export class IrActionsClientFields extends ActionFields {
  type = field.char({ required: true, default: 'ir.actions.client' })
  tag = field.char({ string: 'Client action tag', required: true, help: 'What the client knows the action by.' })
  target = field.selection(
    { current: 'Current Window', new: 'New Window', fullscreen: 'Full Screen', main: 'Main action of Current Window' },
    { string: 'Target Window', default: 'current' },
  )
  res_model = field.char({ string: 'Destination Model' })
  context = field.char({ string: 'Context Value', required: true, default: '{}' })
  params = field.json({ string: 'Supplementary arguments' })
}

/** An action that the client itself carries out, by a tag that it knows. */
export const IrActionsClient = model(
  'ir.actions.client',
  IrActionsClientFields,
  { description: 'Client Action', table: 'ir_act_client', order: 'name, id', idFrom: 'ir.actions.actions' },
  (Base) => class extends actionKind(Base) {},
)

export interface IrActionsClient extends RecordsOf<typeof IrActionsClient> {}
declare module '#core' {
  interface Models {
    'ir.actions.client': { fields: IrActionsClientFields; records: IrActionsClient }
  }
}
