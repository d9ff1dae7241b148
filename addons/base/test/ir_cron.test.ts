import t from 'tap'
import type { Env, Recs } from '#core'
import { DIALECTS, type DialectName } from '#test/env.ts'
import { baseEnv } from './base-env.ts'
import { CRON_METHOD } from '../models/ir_errors.ts'
import { nextCall } from '../tools/next-call.ts'

type Test = Parameters<typeof baseEnv>[0]

t.test('the next run of a job', async (t) => {
  const at = (text: string): Date => new Date(text)
  const next = (
    last: string,
    now: string,
    number: number,
    unit: Parameters<typeof nextCall>[3],
    zone = 'UTC',
  ): string => nextCall(at(last), at(now), number, unit, zone).toISOString().slice(0, 16)

  t.test('is the first that is still to come, however many were missed', async (t) => {
    t.equal(next('2026-01-01T10:00Z', '2026-01-01T10:00Z', 5, 'minutes'), '2026-01-01T10:05')
    t.equal(next('2026-01-01T10:00Z', '2026-01-03T10:07Z', 2, 'hours'), '2026-01-03T12:00')
    t.equal(next('2026-01-01T10:00Z', '2026-01-20T10:00Z', 1, 'weeks'), '2026-01-22T10:00')
    t.equal(next('2026-05-01T10:00Z', '2026-01-20T10:00Z', 1, 'weeks'), '2026-05-01T10:00')
  })

  t.test('keeps the hour of the day when clocks change', async (t) => {
    t.equal(next('2026-03-28T02:00Z', '2026-03-28T02:00Z', 1, 'days', 'Europe/Brussels'), '2026-03-29T01:00')
    t.equal(next('2026-03-28T02:00Z', '2026-03-28T02:00Z', 1, 'days'), '2026-03-29T02:00')
  })

  t.test('keeps the day of the month', async (t) => {
    t.equal(next('2026-01-31T00:00Z', '2026-02-01T00:00Z', 1, 'months'), '2026-02-28T00:00')
    t.equal(next('2026-01-31T00:00Z', '2026-03-01T00:00Z', 1, 'months'), '2026-03-31T00:00')
  })
})

async function withJob(t: Test, dialect: DialectName, values: object = {}): Promise<readonly [Env, Recs<'ir.cron'>]> {
  const env = await baseEnv(t, dialect)
  await env['ir.model']._reflect([...env.registry.models()])
  const [model_id = 0] = (await env['ir.model'].search([['model', '=', 'ir.cron.log']])).ids
  const job = await env['ir.cron'].create([
    {
      name: 'Forget',
      model_id,
      function: '_cron_forget',
      interval_type: 'days',
      nextcall: new Date(Date.now() - 60_000),
      ...values,
    },
  ])
  return [env, job]
}

const dueIds = async (env: Env, now?: Date): Promise<number[]> => (await env['ir.cron']._due(now)).map(({ id }) => id)

for (const dialect of DIALECTS) {
  t.test(`jobs on ${dialect}`, async (t) => {
    t.test('run, are recorded and wait for their next time', async (t) => {
      const [env, job] = await withJob(t, dialect)
      t.same(await dueIds(env), job.ids)
      await job._run_job()
      const [done] = await job.load(['lastcall', 'nextcall', 'failure_count', 'log_ids.state', 'log_ids.message'])
      t.ok(done && done.nextcall > new Date() && done.lastcall)
      t.match(
        done?.log_ids.map((log) => [log.state, log.message]),
        [['done', null]],
      )
      t.equal((await env['ir.cron']._due()).length, 0)
    })

    t.test('that failed are counted, recorded and tried again soon, but stay on', async (t) => {
      const [env, job] = await withJob(t, dialect)
      const started = new Date()
      await job._failed(started, new RangeError('no luck'))
      await job._failed(started, new RangeError('no luck again'))
      const [failed] = await job.load(['active', 'failure_count', 'first_failure_date', 'nextcall', 'log_ids.message'])
      t.equal(failed?.active, true)
      t.equal(failed?.failure_count, 2)
      t.ok(failed?.first_failure_date)
      t.ok(failed && failed.nextcall > new Date())
      t.same(failed?.log_ids.map((log) => log.message).sort(), ['no luck', 'no luck again'])
      t.equal((await env['ir.cron']._due()).length, 0)
      t.same(await dueIds(env, new Date(Date.now() + 3 * 60_000)), job.ids)
      await job._run_job()
      const [well] = await job.load(['failure_count', 'first_failure_date'])
      t.same([well?.failure_count, well?.first_failure_date], [0, null])
    })

    t.test('are woken by a trigger, once', async (t) => {
      const [env, job] = await withJob(t, dialect, { nextcall: new Date(Date.now() + 3_600_000) })
      t.equal((await env['ir.cron']._due()).length, 0)
      await job._trigger()
      await job._trigger(new Date(Date.now() + 600_000))
      t.same(await dueIds(env), job.ids)
      await job._run_job()
      t.equal((await env['ir.cron']._due()).length, 0)
      t.equal(await env['ir.cron.trigger'].search_count([]), 1)
    })

    t.test('run at the call of a person, one after the other', async (t) => {
      const [, job] = await withJob(t, dialect)
      await job.method_direct_trigger()
      t.equal((await job.load(['log_ids']))[0]?.log_ids.length, 1)
    })

    t.test('are server actions on a schedule: name, model and code are theirs', async (t) => {
      const [env, job] = await withJob(t, dialect)
      const [one] = await job.load([
        'cron_name',
        'function',
        'ir_actions_server_id.usage',
        'code',
        'state',
        'display_name',
      ])
      t.match(one, { cron_name: 'Forget', function: '_cron_forget', code: 'model._cron_forget()', state: 'code' })
      t.equal(one?.display_name, 'Forget')
      t.equal(one?.ir_actions_server_id.usage, 'ir_cron')
      const actions = env['ir.actions.server'].browse([one?.ir_actions_server_id.id ?? 0])
      await actions.write({ name: 'Renamed' })
      t.match(await job.load(['name']), [{ name: 'Renamed' }])
      await job.unlink()
      t.equal((await actions.exists()).length, 0)
    })

    t.test('run code of their own as their user, who needs no right to the model to begin', async (t) => {
      const [env, job] = await withJob(t, dialect)
      const [admin = 0] = (await env['res.users'].search([['login', '=', 'admin']])).ids
      await job.write({
        code: "for one in env['res.partner'].search([('id', '=', 1)]):\n    one.write({'ref': 'job'})",
        user_id: admin,
      })
      t.equal((await job.load(['function']))[0]?.function, null)
      await env['ir.model.access'].create([
        {
          name: 'partners',
          model_id: await env['ir.model'].search([['model', '=', 'res.partner']]),
          perm_read: true,
          perm_write: true,
        },
      ])
      await job._run_job()
      const [partner] = await env['res.partner'].browse([1]).load(['ref', 'write_uid'])
      t.same([partner?.ref, partner?.write_uid?.id], ['job', admin])
    })

    t.test('let only the scheduler call what models keep for jobs', async (t) => {
      const [env, job] = await withJob(t, dialect)
      const [one] = await job.load(['ir_actions_server_id'])
      await t.rejects(env['ir.actions.server'].browse([one?.ir_actions_server_id.id ?? 0]).run(), {
        code: 'METHOD_PRIVATE',
      })
      await job._run_job()
      t.match(await job.load(['failure_count']), [{ failure_count: 0 }])
    })

    t.test('that failed tell where in the program, unless something was refused on purpose', async (t) => {
      const [, job] = await withJob(t, dialect)
      await job._failed(new Date(), new RangeError('no luck'))
      await job._failed(new Date(), new CRON_METHOD('a', 'b'))
      const [failed] = await job.load(['log_ids.message', 'log_ids.traceback'])
      const traces = Object.fromEntries(
        failed?.log_ids.map(({ message, traceback }) => [message ?? '', traceback]) ?? [],
      )
      t.match(traces['no luck'], /RangeError: no luck\n.*ir_cron\.test/)
      t.equal(traces[new CRON_METHOD('a', 'b').message], null)
    })

    t.test('that are off are not due; the urgent ones come first', async (t) => {
      const [env, job] = await withJob(t, dialect)
      const urgent = await job.copy({ priority: 1 })
      await job.copy({ active: false })
      t.same(await dueIds(env), [...urgent.ids, ...job.ids])
    })

    t.test('call only what is meant to be a job', async (t) => {
      for (const method of ['unlink', '_search', 'no_such_method', '_cron_no_such']) {
        await t.rejects(withJob(t, dialect, { function: method }), { code: 'CONSTRAINT_FAILED' }, method)
      }
    })

    t.test('old runs are forgotten', async (t) => {
      const [env, job] = await withJob(t, dialect)
      const day = (ago: number): Date => new Date(Date.now() - ago * 86_400_000)
      await env['ir.cron.log'].create(
        [1, 90].map((ago) => ({
          cron_id: job.ids[0] as number,
          started: day(ago),
          ended: day(ago),
          state: 'done' as const,
        })),
      )
      await env['ir.cron.log']._cron_forget()
      t.equal(await env['ir.cron.log'].search_count([]), 1)
    })
  })
}
