import {
  addTo,
  field,
  formatDatetime,
  fromZone,
  model,
  parseDatetime,
  toZone,
  type Env,
  type Recs,
  type RecordsOf,
} from '#core'
import { CRON_METHOD } from './ir_errors.ts'

export class IrCronFields {
  name = field.char({ required: true, translate: true })
  active = field.boolean({ default: true })
  model_id = field.many2one('ir.model', { string: 'Model', required: true, ondelete: 'cascade' })
  model_name = field.char({ string: 'Model Name' })
  function = field.char({
    string: 'Method',
    required: true,
    help: 'A method of the model that begins with _cron, or that clients may call without records.',
  })
  user_id = field.many2one('res.users', { string: 'Scheduler User', required: true, default: (env) => env.uid })
  interval_number = field.integer({ required: true, default: 1, help: 'Repeat every so many …' })
  interval_type = field.selection(
    { minutes: 'Minutes', hours: 'Hours', days: 'Days', weeks: 'Weeks', months: 'Months' },
    {
      string: 'Interval Unit',
      required: true,
      default: 'days',
    },
  )
  nextcall = field.datetime({ string: 'Next Execution Date', required: true, index: true, default: () => new Date() })
  lastcall = field.datetime({ string: 'Last Execution Date', copy: false })
  priority = field.integer({
    default: 5,
    help: 'Of jobs that are due at once, those with the lowest number run first.',
  })
  failure_count = field.integer({ readonly: true, copy: false, help: 'Failed attempts since the last success.' })
  first_failure_date = field.datetime({ readonly: true, copy: false })
  log_ids = field.one2many('ir.cron.log', 'cron_id', { string: 'History' })
}

type Unit = 'minutes' | 'hours' | 'days' | 'weeks' | 'months'

const MINUTE = 60_000
/** A failed job is tried again after 2, 4, 8 … minutes, at most after so many doublings, or when it is due anyway. */
const DOUBLINGS = 10

export const IrCron = model(
  'ir.cron',
  IrCronFields,
  {
    description: 'Scheduled Actions',
    order: 'name, id',
    sqlConstraints: {
      check_strictly_positive_interval: [
        'check (interval_number > 0)',
        'The interval number must be strictly positive.',
      ],
    },
  },
  (Base) =>
    class extends Base {
      /** Runs the jobs of the set now, as their users, in the order of the set. */
      async method_direct_trigger(): Promise<void> {
        await this.check_access('write')
        for (const job of this) await job.sudo('a job runs with the rights of its own user')._run_job()
      }

      /** Has the jobs run soon, or at the given time at the earliest, besides when they are due anyway. */
      async _trigger(at: Date = new Date()): Promise<void> {
        const system = this.env.sudo('whoever has work for a job may wake it')
        await system['ir.cron.trigger'].create(this.ids.map((id) => ({ cron_id: id, call_at: at })))
      }

      /** The jobs that are due, in the order in which they should run. */
      async _due(now: Date = new Date(), limit = 100): Promise<Recs<'ir.cron'>> {
        const triggers = await this.env['ir.cron.trigger'].search([['call_at', '<=', now]])
        const woken = (await triggers.load(['cron_id'])).map((one) => one.cron_id.id)
        return this.search([['active', '=', true], '|', ['nextcall', '<=', now], ['id', 'in', woken]], {
          order: 'priority, nextcall, id',
          limit,
        })
      }

      /**
       * Runs the one job of the set and records that it went well. What the method throws comes through and undoes the
       * transaction: call `_failed` in another one then.
       * @throws CRON_METHOD
       */
      async _run_job(): Promise<void> {
        const [job] = await this.load(['model_id.model', 'function', 'user_id'])
        if (!job) return
        const started = new Date()
        const env = await this.env.asUser(job.user_id.id)
        const method = jobMethod(env, job.model_id.model, job.function)
        if (!method) throw new CRON_METHOD(job.model_id.model, job.function)
        await Reflect.apply(method, env.model(job.model_id.model), [])
        await this._reschedule(started)
        await this.write({ lastcall: started, failure_count: 0, first_failure_date: null })
        await this._log('done', started, null)
      }

      /** Records that the one job of the set failed, and has it tried again. */
      async _failed(started: Date, error: unknown): Promise<void> {
        const [job] = await this.load(['failure_count', 'first_failure_date'])
        if (!job) return
        const failures = job.failure_count + 1
        await this._reschedule(started)
        await this.write({
          lastcall: started,
          failure_count: failures,
          first_failure_date: job.first_failure_date ?? started,
        })
        await this._trigger(new Date(Date.now() + 2 ** Math.min(failures, DOUBLINGS) * MINUTE))
        await this._log('failed', started, error instanceof Error ? error.message : String(error))
      }

      /** Moves the next run of the one job of the set past `now`, and drops the triggers that it has answered. */
      async _reschedule(now: Date): Promise<void> {
        const [job] = await this.load(['nextcall', 'interval_number', 'interval_type', 'user_id'])
        if (!job) return
        const zone = (await this.env.asUser(job.user_id.id)).user.tz ?? 'UTC'
        await this.write({ nextcall: nextCall(job.nextcall, now, job.interval_number, job.interval_type, zone) })
        await (
          await this.env['ir.cron.trigger'].search([
            ['cron_id', '=', job.id],
            ['call_at', '<=', now],
          ])
        ).unlink()
      }

      async _log(state: 'done' | 'failed', started: Date, message: string | null): Promise<void> {
        const ended = new Date()
        const duration = (ended.getTime() - started.getTime()) / 1000
        await this.env['ir.cron.log'].create(
          this.ids.map((id) => ({ cron_id: id, state, started, ended, duration, message })),
        )
      }
    },
)

IrCron.related('model_name', 'model_id.model')
  .constrainBatch(['model_id.model', 'function'], async (jobs, env) => {
    const wrong = jobs.find(
      (job) => env.registry.has(job.model_id.model) && !jobMethod(env, job.model_id.model, job.function),
    )
    return wrong && new CRON_METHOD(wrong.model_id.model, wrong.function).message
  })
  .callable('method_direct_trigger')

/** The method that a job may run: one that begins with `_cron`, or that clients may call without records. */
function jobMethod(env: Env, name: string, method: string): Function | undefined {
  if (!env.registry.has(name)) return undefined
  const open = method.startsWith('_cron') || env.registry.get(name).callables.get(method)?.on === 'model'
  const found: unknown = open ? Reflect.get(env.model(name), method) : undefined
  return typeof found === 'function' ? found : undefined
}

/**
 * The first time after `now` at which a job runs again. Days, weeks and months are counted on the clock of the user's
 * time zone, so that a job of the early morning stays one when clocks change.
 */
export function nextCall(last: Date, now: Date, number: number, unit: Unit, zone: string): Date {
  if (last > now) return last
  if (unit === 'minutes' || unit === 'hours') {
    const step = number * (unit === 'hours' ? 60 : 1) * MINUTE
    return new Date(last.getTime() + (Math.floor((now.getTime() - last.getTime()) / step) + 1) * step)
  }
  const start = toZone(formatDatetime(last), zone)
  const step = { days: 'day', weeks: 'week', months: 'month' } as const
  // counting from the start keeps the day of the month: 31 January, 28 February, 31 March
  for (let count = number; ; count += number) {
    const next = parseDatetime(fromZone(addTo(start, count, step[unit]), zone))
    if (next && next > now) return next
  }
}

export interface IrCron extends RecordsOf<typeof IrCron> {}
declare module '#core' {
  interface Models {
    'ir.cron': { fields: IrCronFields; records: IrCron }
  }
}
