import {
  ComptoirError,
  field,
  ident,
  model,
  saysMore,
  sql,
  type FieldName,
  type Recs,
  type RecordsOf,
  type Values,
} from '#core'
import { runServerAction } from '../actions/run-server-action.ts'
import { nextCall } from '../tools/next-call.ts'
import type { IrActionsServerFields } from './ir_actions_server.ts'
import { asAction, jobMethod, methodIn } from './ir_cron_code.ts'
import { invalidating } from './invalidating.ts'
import { CRON_METHOD, CRON_RUNNING } from './ir_errors.ts'

export class IrCronFields {
  ir_actions_server_id = field.many2one('ir.actions.server', {
    string: 'Server action',
    required: true,
    index: true,
    ondelete: 'cascade',
    help: 'What is done, with the name of the job, its model and its code.',
  })
  cron_name = field.char({ string: 'Name' })
  active = field.boolean({ default: true })
  function = field.char({
    string: 'Method',
    help: 'The method that the code calls, where it does nothing else: writing it makes the code.',
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
/** The fields of the server action behind the job. */
export interface IrCronFields extends IrActionsServerFields {}

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
    delegate: { 'ir.actions.server': 'ir_actions_server_id' },
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
      /** A job runs code unless it is told to do something else. */
      override async default_get(fields: readonly FieldName<'ir.cron'>[]): Promise<Record<string, unknown>> {
        const values = await super.default_get(fields)
        return {
          ...values,
          ...(fields.includes('usage') && { usage: 'ir_cron' }),
          ...(fields.includes('state') && { state: 'code' }),
        }
      }

      override async create(values: readonly Values<'ir.cron'>[]): Promise<Recs<'ir.cron'>> {
        return super.create(values.map((one) => ({ ...asAction(one), usage: 'ir_cron' })))
      }

      override async write(values: Values<'ir.cron'>): Promise<void> {
        await super.write(asAction(values))
        if (values.active === false) await this._forget_triggers()
      }

      /** Nothing else runs the action of a job: it goes with it. */
      override async unlink(): Promise<void> {
        const actions = (await this.load(['ir_actions_server_id'])).map(
          ({ ir_actions_server_id }) => ir_actions_server_id.id,
        )
        await super.unlink()
        await (await this.env['ir.actions.server'].browse(actions).exists()).unlink()
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
       * Runs the one job of the set and records that it went well; when its code answers that there is more to do, it
       * is due again at once. What the code throws comes through: what it did must then be undone, and `_failed` be called.
       */
      async _run_job(): Promise<void> {
        const [job] = await this.load(['ir_actions_server_id', 'user_id'])
        if (!job) return
        const started = new Date()
        const env = await this.env.asUser(job.user_id.id)
        const answer = await runServerAction(env, job.ir_actions_server_id.id, {}, true)
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
        await this._log('failed', started, message, placeOf(error))
        if (failures >= ALARMING) {
          await this.env['ir.logging'].create([
            {
              name: 'ir.cron',
              type: 'server',
              level: 'ERROR',
              message: `${job.name}: failed ${failures} times since ${since.toISOString()}: ${message}`,
              path: job.model_id.model,
              func: job.function ?? 'code',
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

      async _log(
        state: 'done' | 'failed',
        started: Date,
        message: string | null,
        traceback: string | null = null,
      ): Promise<void> {
        const ended = new Date()
        const duration = (ended.getTime() - started.getTime()) / 1000
        await this.env['ir.cron.log'].create(
          this.ids.map((id) => ({ cron_id: id, state, started, ended, duration, message, traceback })),
        )
      }
    },
)

IrCron.related('cron_name', 'ir_actions_server_id.name')
  .compute('function', ['ir_actions_server_id.state', 'ir_actions_server_id.code'], ({ ir_actions_server_id }) =>
    ir_actions_server_id.state === 'code' ? methodIn(ir_actions_server_id.code) : null,
  )
  // what is written to it becomes the code of the action
  .inverse('function', async () => undefined)
  .constrainBatch(['model_id.model', 'code', 'state'], async (jobs, env) => {
    for (const { model_id, code, state } of jobs) {
      const method = state === 'code' ? methodIn(code) : null
      if (method && env.registry.has(model_id.model) && !jobMethod(env, model_id.model, method))
        return new CRON_METHOD(model_id.model, method).message
    }
    return undefined
  })
  .callable('method_direct_trigger')

/** Where in the program something went wrong that nobody meant to refuse. */
function placeOf(error: unknown): string | null {
  return error instanceof Error && !(error instanceof ComptoirError) ? (error.stack ?? null) : null
}

export interface IrCron extends RecordsOf<typeof IrCron> {}
declare module '#core' {
  interface Models {
    'ir.cron': { fields: IrCronFields; records: IrCron }
  }
}
