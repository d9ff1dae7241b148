import { field, model, type JobAnswer, type RecordsOf } from '#core'

/* Work for scheduled jobs: each method leaves a line of what it did. */

export class WorkFields {
  name = field.char({ required: true })
}

export const Work = model(
  'test.work',
  WorkFields,
  { description: 'Work' },
  (Base) =>
    class extends Base {
      async _cron_work(): Promise<void> {
        await this.create([{ name: `done by ${this.env.user.login}` }])
      }

      /** Slow enough for others to come in between. */
      async _cron_slow(): Promise<void> {
        await this.create([{ name: 'begun' }])
        await new Promise((resolve) => setTimeout(resolve, 300))
        await this.create([{ name: 'ended' }])
      }

      /** Leaves a line and plans for after the commit, but throws. */
      async _cron_fail(): Promise<void> {
        await this.create([{ name: 'half' }])
        this.env.transaction.afterCommit(() => void afterFailures.push('planned'))
        throw new RangeError('no luck')
      }

      /** Takes three calls to be done. */
      async _cron_parts(): Promise<JobAnswer> {
        await this.create([{ name: 'part' }])
        return { more: (await this.search_count([])) < 3 }
      }
    },
)

/** What ran after a commit although the job that planned it failed: nothing should. */
export const afterFailures: string[] = []

export interface Work extends RecordsOf<typeof Work> {}
declare module '#core' {
  interface Models {
    'test.work': { fields: WorkFields; records: Work }
  }
}

export const work = { addon: 'work', models: [Work] }
