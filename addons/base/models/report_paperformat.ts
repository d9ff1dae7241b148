import { field, model, type RecordsOf } from '#core'

/** Sizes that documents are printed on, as pdfmake names them in capitals. */
const FORMATS = {
  A3: 'A3  297 x 420 mm',
  A4: 'A4  210 x 297 mm',
  A5: 'A5  148 x 210 mm',
  A6: 'A6  105 x 148 mm',
  B4: 'B4  250 x 353 mm',
  B5: 'B5  176 x 250 mm',
  Executive: 'Executive  7.25 x 10.5 inches',
  Folio: 'Folio  8.5 x 13 inches',
  Legal: 'Legal  8.5 x 14 inches',
  Letter: 'Letter  8.5 x 11 inches',
  Tabloid: 'Tabloid  11 x 17 inches',
  custom: 'Custom',
} as const

export class ReportPaperformatFields {
  name = field.char({ required: true })
  default = field.boolean({ string: 'Default paper format?' })
  format = field.selection(FORMATS, { string: 'Paper size', required: true, default: 'A4' })
  page_width = field.integer({ string: 'Page width (mm)' })
  page_height = field.integer({ string: 'Page height (mm)' })
  orientation = field.selection(
    { Portrait: 'Portrait', Landscape: 'Landscape' },
    { required: true, default: 'Portrait' },
  )
  margin_top = field.float({ string: 'Top Margin (mm)', default: 35, aggregator: null })
  margin_bottom = field.float({ string: 'Bottom Margin (mm)', default: 22, aggregator: null })
  margin_left = field.float({ string: 'Left Margin (mm)', default: 15, aggregator: null })
  margin_right = field.float({ string: 'Right Margin (mm)', default: 15, aggregator: null })
  header_spacing = field.integer({
    default: 10,
    aggregator: null,
    help: 'Millimetres between the upper edge and what stands on every page.',
  })
  report_ids = field.one2many('ir.actions.report', 'paperformat_id', { string: 'Associated reports' })
}

/** Paper that documents are printed on. */
export const ReportPaperformat = model(
  'report.paperformat',
  ReportPaperformatFields,
  { description: 'Paper Format Config', order: 'name, id' },
  (Base) => class extends Base {},
)

ReportPaperformat.constrain(['format', 'page_width', 'page_height'], (paper) =>
  paper.format === 'custom' && !(paper.page_width > 0 && paper.page_height > 0)
    ? 'Paper of a size of its own needs a width and a height.'
    : undefined,
)

export interface ReportPaperformat extends RecordsOf<typeof ReportPaperformat> {}
declare module '#core' {
  interface Models {
    'report.paperformat': { fields: ReportPaperformatFields; records: ReportPaperformat }
  }
}
