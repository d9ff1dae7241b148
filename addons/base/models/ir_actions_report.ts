import { field, model, type RecordsOf } from '#core'
import { ActionFields, actionKind } from './ir_actions.ts'

export class IrActionsReportFields extends ActionFields {
  type = field.char({ required: true, default: 'ir.actions.report' })
  override binding_type = field.selection({ action: 'Action', report: 'Report' }, { required: true, default: 'report' })
  model = field.char({ string: 'Model Name', required: true })
  report_type = field.selection(
    { 'qweb-html': 'HTML', 'qweb-pdf': 'PDF', 'qweb-text': 'Text' },
    { required: true, default: 'qweb-pdf' },
  )
  report_name = field.char({
    string: 'Template Name',
    required: true,
    help: 'The template that the document is made of: addon.name.',
  })
  report_file = field.char({ string: 'Report File' })
  groups_id = field.many2many('res.groups', {
    string: 'Groups',
    relation: 'res_groups_report_rel',
    column1: 'uid',
    column2: 'gid',
  })
  multi = field.boolean({ string: 'On Multiple Doc.' })
  print_report_name = field.char({
    string: 'Printed Report Name',
    translate: true,
    help: 'An expression over object that names the file.',
  })
  attachment_use = field.boolean({ string: 'Reload from Attachment' })
  attachment = field.char({ string: 'Save as Attachment Prefix' })
}

/** A document that is printed of records. */
export const IrActionsReport = model(
  'ir.actions.report',
  IrActionsReportFields,
  { description: 'Report Action', table: 'ir_act_report_xml', order: 'name, id', idFrom: 'ir.actions.actions' },
  (Base) => class extends actionKind(Base) {},
)

IrActionsReport.constrainBatch(['model', 'name'], async (reports, env) => {
  const wrong = reports.find((report) => !env.registry.has(report.model))
  return wrong && `The report '${wrong.name}' prints '${wrong.model}', which is not a model.`
})

export interface IrActionsReport extends RecordsOf<typeof IrActionsReport> {}
declare module '#core' {
  interface Models {
    'ir.actions.report': { fields: IrActionsReportFields; records: IrActionsReport }
  }
}
