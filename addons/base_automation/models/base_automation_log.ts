import { field, model, type JobAnswer, type RecordsOf } from '#core'
import { deleteBatch } from '#addons/base/tools/delete-batch.ts'

export class BaseAutomationLogFields {
  automation_id = field.many2one('base.automation', {
    string: 'Automation Rule',
    required: true,
    ondelete: 'cascade',
    index: true,
  })
  started = field.datetime({ required: true })
  records = field.integer({ string: 'Records', help: 'How many records the rule acted on.' })
  state = field.selection({ done: 'Done', failed: 'Failed' }, { required: true, index: true })
  message = field.text({ help: 'What went wrong.' })
}

const DAY = 86_400_000
/** How long runs are remembered, in days. */
const KEPT_DAYS = 60

/** A run of a rule that nobody waited for: by its time, or by a call from outside. */
export const BaseAutomationLog = model(
  'base.automation.log',
  BaseAutomationLogFields,
  {
    description: 'Runs of automation rules',
    order: 'started desc, id desc',
    recName: 'automation_id',
    logAccess: false,
  },
  (Base) =>
    class extends Base {
      /** Forgets the runs of long ago. */
      async _cron_forget(): Promise<JobAnswer> {
        return deleteBatch(this.env, 'base.automation.log', [['started', '<', new Date(Date.now() - KEPT_DAYS * DAY)]])
      }
    },
)

export interface BaseAutomationLog extends RecordsOf<typeof BaseAutomationLog> {}
declare module '#core' {
  interface Models {
    'base.automation.log': { fields: BaseAutomationLogFields; records: BaseAutomationLog }
  }
}
