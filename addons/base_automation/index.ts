import { EveryModelAutomation } from './models/base.ts'
import { BaseAutomation } from './models/base_automation.ts'
import { BaseAutomationLog } from './models/base_automation_log.ts'
import { IrActionsServerAutomation } from './models/ir_actions_server.ts'
import { MailThreadAutomation } from './models/mail_thread.ts'

/** The models in the order of their layers. */
export const models = [
  IrActionsServerAutomation,
  BaseAutomation,
  BaseAutomationLog,
  EveryModelAutomation,
  MailThreadAutomation,
]
