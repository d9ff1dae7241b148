import { field, model, type JobAnswer, type RecordsOf } from '#core'
import { deleteBatch } from '../tools/delete-batch.ts'

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

const DAY = 86_400_000
/** How long lines are kept, in days. */
const KEPT_DAYS = 60

/** A line of the log that is kept in the database, for people who cannot see the server's own. */
export const IrLogging = model(
  'ir.logging',
  IrLoggingFields,
  { description: 'Logging', order: 'id desc' },
  (Base) =>
    class extends Base {
      /** Forgets the lines of long ago. */
      async _cron_forget(): Promise<JobAnswer> {
        return deleteBatch(this.env, 'ir.logging', [['create_date', '<', new Date(Date.now() - KEPT_DAYS * DAY)]])
      }
    },
)

export interface IrLogging extends RecordsOf<typeof IrLogging> {}
declare module '#core' {
  interface Models {
    'ir.logging': { fields: IrLoggingFields; records: IrLogging }
  }
}
