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
import { IrModuleModule } from './ir_module_module.ts'
import { IrRule } from './ir_rule.ts'
import { IrSequence } from './ir_sequence.ts'
import { IrSequenceDraw } from './ir_sequence_draw.ts'
import { IrSequenceDateRange } from './ir_sequence_date_range.ts'
import { IrUiView } from './ir_ui_view.ts'
import './base_automatic.ts'

/** The technical models: those that all others need first. */
export const irModels = [
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
  IrModuleDependency,
  IrConfigParameter,
  IrDefault,
  IrSequence,
  IrSequenceDraw,
  IrSequenceDateRange,
  IrAttachment,
  IrFilters,
  IrUiView,
  IrExports,
  IrExportsLine,
  IrCron,
  IrCronTrigger,
  IrCronLog,
  IrLogging,
]
