import { field, model, type RecordsOf } from '#core'

export class IrLoggingFields {
  name = field.char({ required: true })
  type = field.selection({ client: 'Client', server: 'Server' }, { required: true, index: true })
  dbname = field.char({ string: 'Database Name', index: true })
  level = field.char({ index: true })
  message = field.text({ required: true })
  path = field.char({ required: true })
  func = field.char({ string: 'Function', required: true })
  line = field.char({ required: true })
}

/** A line of the log that is kept in the database, for people who cannot see the server's own. */
export const IrLogging = model(
  'ir.logging',
  IrLoggingFields,
  { description: 'Logging', order: 'id desc' },
  (Base) => class extends Base {},
)

export interface IrLogging extends RecordsOf<typeof IrLogging> {}
declare module '#core' {
  interface Models {
    'ir.logging': { fields: IrLoggingFields; records: IrLogging }
  }
}
