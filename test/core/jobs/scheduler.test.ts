import t from 'tap'
import { callMethod } from '#core/wire/dispatch.ts'
import { DIALECTS } from '#test/env.ts'
import { afterFailures } from '#test/models/work.ts'
import { done, eventually, job, otherProcess, startScheduler, SYSTEM, workRuntime } from './fixture.ts'

const HOUR = 3_600_000

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    t.test('a job that is due runs as its user, once, and waits for its next time', async (t) => {
      const runtime = await workRuntime(t, dialect)
      const admin = await runtime.call(
        SYSTEM,
        'read',
        async (env) => (await env['res.users'].search([['login', '=', 'admin']])).ids[0] as number,
      )
      const id = await job(runtime, '_cron_slow', { user_id: admin })
      const { lines } = startScheduler(t, runtime)
      t.ok(await eventually(() => lines.length > 0))
      t.match(lines, [{ level: 'info', message: 'job done', facts: { job: '_cron_slow', cron: id } }])
      t.same(await done(runtime), ['begun', 'ended'])
      const [cron] = await runtime.call(
        SYSTEM,
        'read',
        async (env) =>
          await env['ir.cron']
            .browse([id])
            .load([
              'nextcall',
              'lastcall',
              'log_ids.state',
              'log_ids.started',
              'log_ids.ended',
              'log_ids.duration',
              'log_ids.message',
            ]),
      )
      t.ok(cron && cron.nextcall.getTime() > Date.now() + 22 * HOUR && cron.lastcall)
      t.match(cron?.log_ids, { length: 1 })
      t.match(cron?.log_ids[0], { state: 'done', message: null })
      t.ok((cron?.log_ids[0]?.duration ?? 0) >= 0.3, 'the time that it took is recorded')
      t.equal(
        (
          await runtime.call(SYSTEM, 'read', async (env) =>
            (await (await env['test.work'].search([])).load(['create_uid'])).map((one) => one.create_uid?.id),
          )
        )[0],
        admin,
      )
    })

    t.test('two processes with many due jobs run each once', async (t) => {
      const runtime = await workRuntime(t, dialect)
      const other = await otherProcess(t, runtime)
      for (let i = 0; i < 12; i++) await job(runtime, '_cron_work')
      const [first, second] = [startScheduler(t, runtime), startScheduler(t, other)]
      t.ok(await eventually(() => first.lines.length + second.lines.length >= 12))
      await Promise.all([first.scheduler.stop(), second.scheduler.stop()])
      t.equal((await done(runtime)).length, 12)
      t.equal(first.lines.length + second.lines.length, 12)
      t.ok([...first.lines, ...second.lines].every(({ message }) => message === 'job done'))
    })

    t.test('two processes run one slow job once', async (t) => {
      const runtime = await workRuntime(t, dialect)
      const other = await otherProcess(t, runtime)
      await job(runtime, '_cron_slow')
      const [first, second] = [startScheduler(t, runtime), startScheduler(t, other)]
      t.ok(await eventually(() => first.lines.length + second.lines.length > 0))
      await Promise.all([first.scheduler.stop(), second.scheduler.stop()])
      t.same(await done(runtime), ['begun', 'ended'])
    })

    t.test(
      'a job that fails leaves nothing behind, is recorded, reported, tried again later and stays on',
      async (t) => {
        const runtime = await workRuntime(t, dialect)
        const other = await otherProcess(t, runtime)
        const id = await job(runtime, '_cron_fail')
        const [{ lines }, second] = [startScheduler(t, runtime), startScheduler(t, other)]
        t.ok(await eventually(() => lines.length + second.lines.length > 0))
        await new Promise((resolve) => setTimeout(resolve, 300))
        const [line, ...more] = [...lines, ...second.lines]
        t.match(line, {
          level: 'warn',
          message: 'job failed',
          facts: { job: '_cron_fail', failures: 1, err: { message: 'no luck' } },
        })
        t.same(more, [], 'nobody tries again at once')
        t.same(await done(runtime), [])
        t.same(afterFailures, [])
        await runtime.call(SYSTEM, 'read', async (env) => {
          const [cron] = await env['ir.cron']
            .browse([id])
            .load(['active', 'failure_count', 'nextcall', 'log_ids.state', 'log_ids.message'])
          t.match(cron, { active: true, failure_count: 1 })
          t.match(cron?.log_ids[0], { state: 'failed', message: 'no luck' })
          const [trigger] = await (await env['ir.cron.trigger'].search([['cron_id', '=', id]])).load(['call_at'])
          const wait = (trigger?.call_at.getTime() ?? 0) - Date.now()
          t.ok(wait > 60_000 && wait <= 120_000, 'in two minutes')
        })
      },
    )

    t.test('a job that failed three times in a row alarms people', async (t) => {
      const runtime = await workRuntime(t, dialect)
      const id = await job(runtime, '_cron_fail', {
        failure_count: 2,
        first_failure_date: new Date('2026-01-02T03:04:05Z'),
      })
      const { lines } = startScheduler(t, runtime)
      t.ok(await eventually(() => lines.length > 0))
      t.match(lines, [{ level: 'error', facts: { failures: 3 } }])
      const told = await runtime.call(SYSTEM, 'read', async (env) =>
        (await (await env['ir.logging'].search([])).load(['level', 'message', 'path', 'func'])).map(
          ({ level, message, path, func }) => [level, message, path, func],
        ),
      )
      t.same(told, [
        ['ERROR', '_cron_fail: failed 3 times since 2026-01-02T03:04:05.000Z: no luck', 'test.work', '_cron_fail'],
      ])
      t.equal(
        await runtime.call(
          SYSTEM,
          'read',
          async (env) => (await env['ir.cron'].browse([id]).load(['active']))[0]?.active,
        ),
        true,
      )
    })

    t.test('a job with more to do is called until it is done, each time in a transaction of its own', async (t) => {
      const runtime = await workRuntime(t, dialect)
      const id = await job(runtime, '_cron_parts')
      const { lines } = startScheduler(t, runtime)
      t.ok(await eventually(() => lines.length >= 3))
      await new Promise((resolve) => setTimeout(resolve, 300))
      t.same(await done(runtime), ['part', 'part', 'part'])
      t.equal(await runtime.call(SYSTEM, 'read', (env) => env['ir.cron.log'].search_count([['cron_id', '=', id]])), 3)
      t.equal(await runtime.call(SYSTEM, 'read', (env) => env['ir.cron.trigger'].search_count([])), 0)
    })

    t.test('a commit that makes or wakes a job is noticed at once', async (t) => {
      const runtime = await workRuntime(t, dialect)
      const { lines } = startScheduler(t, runtime, HOUR)
      await new Promise((resolve) => setTimeout(resolve, 100))
      const id = await job(runtime, '_cron_work')
      t.ok(await eventually(() => lines.length === 1))
      await runtime.call(SYSTEM, 'write', (env) => env['ir.cron'].browse([id])._trigger())
      t.ok(await eventually(() => lines.length === 2))
      await runtime.call(SYSTEM, 'write', (env) => env['ir.cron'].browse([id])._trigger(new Date(Date.now() + 1500)))
      t.ok(await eventually(() => lines.length === 3), 'a trigger in the future is waited for')
    })

    t.test('a job that another process made is noticed by polling', async (t) => {
      const runtime = await workRuntime(t, dialect)
      const other = await otherProcess(t, runtime)
      const { lines } = startScheduler(t, runtime)
      await new Promise((resolve) => setTimeout(resolve, 100))
      await job(other, '_cron_work')
      t.ok(await eventually(() => lines.length === 1))
    })

    t.test('stopping waits for the job under way and starts no other', async (t) => {
      const runtime = await workRuntime(t, dialect)
      await job(runtime, '_cron_slow', { priority: 1 })
      await job(runtime, '_cron_work', { priority: 2 })
      const { scheduler } = startScheduler(t, runtime)
      await new Promise((resolve) => setTimeout(resolve, 150))
      await scheduler.stop()
      t.same(await done(runtime), ['begun', 'ended'])
    })

    t.test('a person who runs a job sees its error, and cannot run one that is running', async (t) => {
      const runtime = await workRuntime(t, dialect)
      const run = (id: number): Promise<unknown> =>
        callMethod(runtime, { uid: 1, model: 'ir.cron', method: 'method_direct_trigger', args: [[id]], kwargs: {} })
      const future = new Date(Date.now() + HOUR)
      await t.rejects(run(await job(runtime, '_cron_fail', { nextcall: future })), { message: 'no luck' })
      t.same(await done(runtime), [])
      await run(await job(runtime, '_cron_work', { nextcall: future }))
      t.same(await done(runtime), ['done by __system__'])
      // where one call writes at a time, the second waits for the first
      if (!runtime.db.dialect.concurrentWriters) return
      const slow = await job(runtime, '_cron_slow', { nextcall: future })
      const first = run(slow)
      await new Promise((resolve) => setTimeout(resolve, 100))
      await t.rejects(run(slow), { code: 'CRON_RUNNING' })
      await first
    })

    t.test('jobs that cannot run do not keep others from running', async (t) => {
      const runtime = await workRuntime(t, dialect)
      const broken = await job(runtime, '_cron_work', { priority: 1 })
      await runtime.call(SYSTEM, 'write', (env) => env['ir.cron'].browse([broken]).write({ active: false }))
      await runtime.db.transaction('write', (connection) =>
        connection.run({
          text: "UPDATE ir_act_server SET code = 'model._cron_gone()' WHERE id = (SELECT ir_actions_server_id FROM ir_cron WHERE id = ?)",
          params: [broken],
        }),
      )
      await runtime.call(SYSTEM, 'write', (env) => env['ir.cron'].browse([broken]).write({ active: true }))
      await job(runtime, '_cron_work', { priority: 2 })
      const { lines } = startScheduler(t, runtime)
      t.ok(await eventually(() => lines.length >= 2))
      t.match(lines, [{ message: 'job failed', facts: { error: 'ACTION_FAILED' } }, { message: 'job done' }])
    })
  })
}
