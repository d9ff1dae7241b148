import { field, model, pdfOf, type RecordsOf } from '#core'
import { REPORT_EMPTY, REPORT_FORBIDDEN, REPORT_UNKNOWN } from '../report/errors.ts'
import { keepDocument, prepareDocument, type PreparedDocument, type ReportFacts } from '../report/document.ts'
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
  attachment = field.char({
    string: 'Save as Attachment Prefix',
    help: 'An expression over object that names the attachment in which the document is kept.',
  })
  paperformat_id = field.many2one('report.paperformat', { string: 'Paper Format' })
}

/** A document that is printed of records. */
export const IrActionsReport = model(
  'ir.actions.report',
  IrActionsReportFields,
  { description: 'Report Action', table: 'ir_act_report_xml', order: 'name, id', idFrom: 'ir.actions.actions' },
  (Base) =>
    class extends actionKind(Base) {
      /** The action that prints records: what a button of a form answers. */
      async report_action(docids: readonly number[] | number | null = null): Promise<Record<string, unknown>> {
        const [report] = await this.load(['name', 'report_name', 'report_type'])
        if (!report) throw new REPORT_UNKNOWN(String(this.ids[0] ?? ''))
        const { id, name, report_name, report_type } = report
        const active_ids = [docids ?? []].flat()
        return { type: 'ir.actions.report', id, name, report_name, report_type, context: { active_ids } }
      }

      /**
       * What the document of records is made of. `report` is the id of a report or the name of its template.
       * @throws REPORT_UNKNOWN, REPORT_FORBIDDEN, REPORT_EMPTY, REPORT_TEMPLATE, REPORT_SYNTAX, ACCESS_…
       */
      async _prepare_document(report: string, ids: readonly number[]): Promise<PreparedDocument> {
        if (ids.length === 0) throw new REPORT_EMPTY()
        return prepareDocument(this.env, await this._facts(report), ids)
      }

      /** Keeps a document with its record, for the next time. */
      async _keep_document(report: string, id: number, name: string, content: Uint8Array): Promise<void> {
        await keepDocument(this.env, (await this._facts(report)).model, id, name, content)
      }

      /** The PDF of records, for addons that send it along; pages lay it out outside of transactions. */
      async _render_pdf(report: string, ids: readonly number[]): Promise<{ name: string; content: Uint8Array }> {
        const { name, documents, paper, keepAs, kept } = await this._prepare_document(report, ids)
        const content = kept ?? (await pdfOf(documents, name, paper))
        if (keepAs !== null) await this._keep_document(report, ids[0] ?? 0, keepAs, content)
        return { name, content }
      }

      async _facts(report: string): Promise<ReportFacts> {
        const system = this.sudo('what a report is like is checked against its groups here')
        const domain = /^\d+$/.test(report) ? [['id', '=', Number(report)]] : [['report_name', '=', report]]
        const found = await system.search(domain as never, { limit: 1 })
        const [facts] = await found.load([
          'name',
          'model',
          'report_name',
          'print_report_name',
          'attachment',
          'attachment_use',
          'groups_id.name',
          'paperformat_id.name',
        ])
        if (!facts) throw new REPORT_UNKNOWN(report)
        const groups = facts.groups_id.map(({ id }) => id)
        if (!this.env.su && groups.length > 0 && !groups.some((id) => this.env.user.groupIds.has(id)))
          throw new REPORT_FORBIDDEN(facts.name)
        return {
          name: facts.name,
          model: facts.model,
          template: facts.report_name,
          fileName: facts.print_report_name,
          attachment: facts.attachment,
          isKept: facts.attachment_use,
          paper: facts.paperformat_id?.id ?? null,
        }
      }
    },
)

IrActionsReport.callable('report_action', {
  on: 'records',
  readonly: true,
  params: { docids: { type: ['array', 'integer', 'null', 'boolean'], items: { type: 'integer' }, default: null } },
})

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
