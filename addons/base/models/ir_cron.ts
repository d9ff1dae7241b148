import { field, ident, model, saysMore, sql, type Env, type RecordsOf, type Values } from '#core'
import { nextCall } from '../tools/next-call.ts'
import { invalidating } from './invalidating.ts'
import { CRON_METHOD, CRON_RUNNING } from './ir_errors.ts'

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

const MINUTE = 60_000
/** A failed job is tried again after 2, 4, 8 … minutes, at most after so many doublings, or when it is due anyway. */
const DOUBLINGS = 10
/** From so many failures in a row on, people are told in `ir.logging`. */
const ALARMING = 3

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
    class extends invalidating(Base, 'jobs') {
      override async write(values: Values<'ir.cron'>): Promise<void> {
        await super.write(values)
        if (values.active === false) await this._forget_triggers()
      }

      /**
       * Runs the jobs of the set now, as their users, in the order of the set. What a job throws comes through.
       * @throws CRON_RUNNING when the scheduler runs one of them at this moment
       */
      async method_direct_trigger(): Promise<void> {
        await this.check_access('write')
        for (const job of this.sudo('a job runs with the rights of its own user')) {
          if (!(await job._lock())) throw new CRON_RUNNING((await job.load(['name'])).map(({ name }) => name))
          await job._run_job()
        }
      }

      /** Has the jobs run soon, or at the given time at the earliest, besides when they are due anyway. */
      async _trigger(at: Date = new Date()): Promise<void> {
        const system = this.env.sudo('whoever has work for a job may wake it')
        await system['ir.cron.trigger'].create(this.ids.map((id) => ({ cron_id: id, call_at: at })))
      }

      /** The jobs that are due, in the order in which they should run. */
      async _due(now: Date = new Date()): Promise<readonly { readonly id: number; readonly name: string }[]> {
        const triggers = await this.env['ir.cron.trigger'].search([['call_at', '<=', now]])
        const woken = (await triggers.load(['cron_id'])).map((one) => one.cron_id.id)
        const due = await this.search([['active', '=', true], '|', ['nextcall', '<=', now], ['id', 'in', woken]], {
          order: 'priority, nextcall, id',
        })
        return (await due.load(['name'])).map(({ id, name }) => ({ id, name }))
      }

      /** When a job is due next; null when none ever is. */
      async _next_due(): Promise<Date | null> {
        const first = await (
          await this.search([['active', '=', true]], { order: 'nextcall', limit: 1 })
        ).load(['nextcall'])
        const triggers = await this.env['ir.cron.trigger'].search([['cron_id.active', '=', true]], { limit: 1 })
        const times = [
          ...first.map(({ nextcall }) => nextcall),
          ...(await triggers.load(['call_at'])).map(({ call_at }) => call_at),
        ]
        return times.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null
      }

      /** Keeps others from running the one job until the commit; false when somebody runs it, or ran it just now. */
      async _lock(): Promise<boolean> {
        const { connection, db, dialect } = this.env
        const [id = 0] = this.ids
        try {
          const locked = await connection.savepoint(() =>
            connection.rows(sql`SELECT id FROM ir_cron WHERE ${ident('id')} = ${id} ${dialect.lockUnlocked}`),
          )
          return locked.length > 0
        } catch (error) {
          if (db.violation(error).kind === 'conflict') return false
          throw error
        }
      }

      /**
       * Runs the one job of the set and records that it went well; when its method has more to do, it is due again at
       * once. What the method throws comes through: what it did must then be undone, and `_failed` be called.
       * @throws CRON_METHOD
       */
      async _run_job(): Promise<void> {
        const [job] = await this.load(['model_id.model', 'function', 'user_id'])
        if (!job) return
        const started = new Date()
        const env = await this.env.asUser(job.user_id.id)
        const method = jobMethod(env, job.model_id.model, job.function)
        if (!method) throw new CRON_METHOD(job.model_id.model, job.function)
        const answer: unknown = await Reflect.apply(method, env.model(job.model_id.model), [])
        await this._reschedule(started)
        if (saysMore(answer)) await this._trigger()
        await this.write({ lastcall: started, failure_count: 0, first_failure_date: null })
        await this._log('done', started, null)
      }

      /** Records that the one job of the set failed, and has it tried again. Gives how often in a row it failed. */
      async _failed(started: Date, error: unknown): Promise<number> {
        const [job] = await this.load(['name', 'model_id.model', 'function', 'failure_count', 'first_failure_date'])
        if (!job) return 0
        const failures = job.failure_count + 1
        const since = job.first_failure_date ?? started
        const message = error instanceof Error ? error.message : String(error)
        await this._reschedule(started)
        await this.write({ lastcall: started, failure_count: failures, first_failure_date: since })
        await this._trigger(new Date(Date.now() + 2 ** Math.min(failures, DOUBLINGS) * MINUTE))
        await this._log('failed', started, message)
        if (failures >= ALARMING) {
          await this.env['ir.logging'].create([
            {
              name: 'ir.cron',
              type: 'server',
              level: 'ERROR',
              message: `${job.name}: failed ${failures} times since ${since.toISOString()}: ${message}`,
              path: job.model_id.model,
              func: job.function,
              line: '0',
            },
          ])
        }
        return failures
      }

      /** Moves the next run of the one job of the set past `now`, and drops the triggers that it has answered. */
      async _reschedule(now: Date): Promise<void> {
        const [job] = await this.load(['nextcall', 'interval_number', 'interval_type', 'user_id'])
        if (!job) return
        const zone = (await this.env.asUser(job.user_id.id)).user.tz ?? 'UTC'
        await this.write({ nextcall: nextCall(job.nextcall, now, job.interval_number, job.interval_type, zone) })
        await this._forget_triggers(now)
      }

      /** Drops what was to wake the jobs until now, or ever. */
      async _forget_triggers(until?: Date): Promise<void> {
        const triggers = this.env.sudo('triggers belong to their job')['ir.cron.trigger']
        const mine = until
          ? await triggers.search([
              ['cron_id', 'in', this.ids],
              ['call_at', '<=', until],
            ])
          : await triggers.search([['cron_id', 'in', this.ids]])
        await mine.unlink()
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

export interface IrCron extends RecordsOf<typeof IrCron> {}
declare module '#core' {
  interface Models {
    'ir.cron': { fields: IrCronFields; records: IrCron }
  }
}
