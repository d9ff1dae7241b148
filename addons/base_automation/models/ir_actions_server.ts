import { field, type RecordsOf } from '#core'
import { IrActionsServer } from '#addons/base/models/ir_actions_server.ts'

export class IrActionsServerAutomationFields {
  base_automation_id = field.many2one('base.automation', {
    string: 'Automation Rule',
    ondelete: 'cascade',
    index: true,
  })
}

/** Server actions that belong to a rule. */
export const IrActionsServerAutomation = IrActionsServer.extend(
  IrActionsServerAutomationFields,
  (Base) => class extends Base {},
)
IrActionsServerAutomation.addSelection('usage', { base_automation: 'Automation Rule' })

declare module '#addons/base/models/ir_actions_server.ts' {
  interface IrActionsServerFields extends IrActionsServerAutomationFields {}
  interface IrActionsServer extends RecordsOf<typeof IrActionsServerAutomation> {}
  interface ServerActionUsages {
    base_automation: string
  }
}
