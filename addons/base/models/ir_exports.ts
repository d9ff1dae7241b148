import { field, model, type RecordsOf } from '#core'

export class IrExportsFields {
  name = field.char({ string: 'Export Name', required: true })
  resource = field.char({ required: true, index: true, help: 'The model whose records are exported.' })
  export_fields = field.one2many('ir.exports.line', 'export_id', { string: 'Export ID', copy: true })
}

/** A list of columns that people keep for exporting records of a model. */
export const IrExports = model(
  'ir.exports',
  IrExportsFields,
  { description: 'Exports', order: 'name, id' },
  (Base) => class extends Base {},
)

export interface IrExports extends RecordsOf<typeof IrExports> {}
declare module '#core' {
  interface Models {
    'ir.exports': { fields: IrExportsFields; records: IrExports }
  }
}
