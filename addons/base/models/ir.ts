import { EveryModel } from './base.ts'
import { IrActions } from './ir_actions.ts'
import { IrActionsActUrl } from './ir_actions_act_url.ts'
import { IrActionsActWindow } from './ir_actions_act_window.ts'
import { IrActionsActWindowClose } from './ir_actions_act_window_close.ts'
import { IrActionsActWindowView } from './ir_actions_act_window_view.ts'
import { IrActionsClient } from './ir_actions_client.ts'
import { IrActionsReport } from './ir_actions_report.ts'
import { ReportPaperformat } from './report_paperformat.ts'
import { IrActionsServer } from './ir_actions_server.ts'
import { BaseModuleUninstall } from './base_module_uninstall.ts'
import { BaseModuleUpdate } from './base_module_update.ts'
import { BaseModuleUpgrade } from './base_module_upgrade.ts'
import { IrAttachment } from './ir_attachment.ts'
import { IrConfigParameter } from './ir_config_parameter.ts'
import { IrCron } from './ir_cron.ts'
import { IrCronLog } from './ir_cron_log.ts'
import { IrCronTrigger } from './ir_cron_trigger.ts'
import { IrDefault } from './ir_default.ts'
import { IrExports } from './ir_exports.ts'
import { IrExportsLine } from './ir_exports_line.ts'
import { IrFilters } from './ir_filters.ts'
import { IrLogging } from './ir_logging.ts'
import { IrModel } from './ir_model.ts'
import { IrModelAccess } from './ir_model_access.ts'
import { IrModelData } from './ir_model_data.ts'
import { IrModelFieldsModel } from './ir_model_fields.ts'
import { IrModelFieldsSelection } from './ir_model_fields_selection.ts'
import { IrModelReflect } from './ir_model_reflect.ts'
import { IrModelVacuum } from './ir_model_vacuum.ts'
import { IrModuleCategory } from './ir_module_category.ts'
import { IrModuleDependency } from './ir_module_dependency.ts'
import { IrModuleButtons } from './ir_module_buttons.ts'
import { IrModuleModule } from './ir_module_module.ts'
import { IrModuleSync } from './ir_module_sync.ts'
import { IrRule } from './ir_rule.ts'
import { IrSequence } from './ir_sequence.ts'
import { IrSequenceDraw } from './ir_sequence_draw.ts'
import { IrSequenceDateRange } from './ir_sequence_date_range.ts'
import { IrUiMenu } from './ir_ui_menu.ts'
import { IrUiView } from './ir_ui_view.ts'
import { IrWebhookAttempt } from './ir_webhook_attempt.ts'
import { IrWebhookDelivery } from './ir_webhook_delivery.ts'
import './base_automatic.ts'

/** The technical models: those that all others need first. */
export const irModels = [
  EveryModel,
  IrModel,
  IrModelReflect,
  IrModelVacuum,
  IrModelFieldsModel,
  IrModelFieldsSelection,
  IrModelData,
  IrModelAccess,
  IrRule,
  IrModuleCategory,
  IrModuleModule,
  IrModuleSync,
  IrModuleButtons,
  IrModuleDependency,
  BaseModuleUpgrade,
  BaseModuleUninstall,
  BaseModuleUpdate,
  IrConfigParameter,
  IrDefault,
  IrSequence,
  IrSequenceDraw,
  IrSequenceDateRange,
  IrAttachment,
  IrFilters,
  IrUiView,
  IrActions,
  IrActionsActWindow,
  IrActionsActWindowView,
  IrActionsActWindowClose,
  IrActionsActUrl,
  IrActionsClient,
  IrActionsReport,
  ReportPaperformat,
  IrActionsServer,
  IrWebhookDelivery,
  IrWebhookAttempt,
  IrUiMenu,
  IrExports,
  IrExportsLine,
  IrCron,
  IrCronTrigger,
  IrCronLog,
  IrLogging,
]
