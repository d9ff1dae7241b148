import { field, model, type RecordsOf } from '#core'

export class IrExportsLineFields {
  name = field.char({
    string: 'Field Name',
    required: true,
    help: 'The path of the column, such as order_line/product_id/name.',
  })
  export_id = field.many2one('ir.exports', { string: 'Export', ondelete: 'cascade', index: true })
}

/** One column of a kept export. */
export const IrExportsLine = model(
  'ir.exports.line',
  IrExportsLineFields,
  {
    description: 'Exports Line',
    order: 'id',
  },
  (Base) => class extends Base {},
)

export interface IrExportsLine extends RecordsOf<typeof IrExportsLine> {}
declare module '#core' {
  interface Models {
    'ir.exports.line': { fields: IrExportsLineFields; records: IrExportsLine }
  }
}
