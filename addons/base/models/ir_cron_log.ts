import { field, model, type JobAnswer, type RecordsOf } from '#core'
import { deleteBatch } from '../tools/delete-batch.ts'

export class IrCronLogFields {
  cron_id = field.many2one('ir.cron', { string: 'Scheduled Action', required: true, ondelete: 'cascade', index: true })
  started = field.datetime({ required: true, index: true })
  ended = field.datetime({ required: true })
  duration = field.float({ help: 'Seconds.' })
  state = field.selection({ done: 'Done', failed: 'Failed' }, { required: true, index: true })
  message = field.text({ help: 'What went wrong.' })
  traceback = field.text({ help: 'Where in the program it went wrong, unless something was refused on purpose.' })
}

const DAY = 86_400_000
/** How long runs are remembered, in days. */
const KEPT_DAYS = 60

/** One run of a job. */
export const IrCronLog = model(
  'ir.cron.log',
  IrCronLogFields,
  {
    description: 'Runs of scheduled actions',
    order: 'started desc, id desc',
    recName: 'cron_id',
    logAccess: false,
  },
  (Base) =>
    class extends Base {
      /** Forgets the runs of long ago. */
      async _cron_forget(): Promise<JobAnswer> {
        return deleteBatch(this.env, 'ir.cron.log', [['started', '<', new Date(Date.now() - KEPT_DAYS * DAY)]])
      }
    },
)

export interface IrCronLog extends RecordsOf<typeof IrCronLog> {}
declare module '#core' {
  interface Models {
    'ir.cron.log': { fields: IrCronLogFields; records: IrCronLog }
  }
}
