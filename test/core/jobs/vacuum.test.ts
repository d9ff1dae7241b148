import t from 'tap'
import { cron } from '#core/jobs/cron.ts'
import { runJob } from '#core/jobs/run-job.ts'
import { openRuntime } from '#core/open.ts'
import type { Runtime } from '#core/runtime.ts'
import { raw } from '#core/sql/fragment.ts'
import { DIALECTS, freshDatabase } from '#test/env.ts'
import { SYSTEM } from './fixture.ts'

/** Makes a job of `base` due and runs it; gives what became of it. */
async function run(runtime: Runtime, name: string): Promise<string> {
  const id = await runtime.call(SYSTEM, 'write', async (env) => {
    const [, id = 0] = (await env.xmlId(`base.${name}`)) ?? []
    await env['ir.cron'].browse([id])._trigger()
    return id
  })
  return (await runJob(runtime, id)).state
}

const count = (runtime: Runtime, model: string): Promise<number> =>
  runtime.call(SYSTEM, 'read', (env) => env.model(model).search_count([]))

const change = (runtime: Runtime, statement: string): Promise<number> =>
  runtime.db.transaction('write', (connection) => connection.run(raw(statement)))

for (const dialect of DIALECTS) {
  t.test(`the jobs that base brings on ${dialect}`, async (t) => {
    const { url } = await freshDatabase(t, dialect)
    const runtime = await openRuntime({ url, addons: ['base'] })
    t.teardown(() => runtime.close())

    await t.test('are all due soon, and all run', async (t) => {
      const due = await runtime.call(SYSTEM, 'read', (env) => cron(env)._due(new Date(Date.now() + 60_000)))
      t.ok(due.length >= 6)
      for (const { id, name } of due) t.equal((await runJob(runtime, id)).state, 'done', name)
    })

    await t.test('delete dialogs that were left, in batches, and keep those in use', async (t) => {
      await runtime.call(SYSTEM, 'write', async (env) => {
        const langs = await env['res.lang'].search([['active', '=', true]])
        await env['base.language.install'].create(
          Array.from({ length: 1500 }, () => ({ lang_ids: [{ set: langs.ids }] })),
        )
      })
      t.equal(await run(runtime, 'autovacuum_job'), 'done')
      t.equal(await count(runtime, 'base.language.install'), 1500)
      await change(runtime, "UPDATE base_language_install SET write_date = '2020-01-01 00:00:00' WHERE id <= 1499")
      t.equal(await run(runtime, 'autovacuum_job'), 'done')
      t.equal(await count(runtime, 'base.language.install'), 500)
      const due = await runtime.call(SYSTEM, 'read', (env) => cron(env)._due(new Date()))
      t.equal(due.length, 1, 'the rest is due at once')
      t.equal(await run(runtime, 'autovacuum_job'), 'done')
      t.equal(await count(runtime, 'base.language.install'), 1)
    })

    await t.test('delete sessions and keys that hold no longer', async (t) => {
      await runtime.call(SYSTEM, 'write', async (env) => {
        const [past, future] = [new Date('2020-01-01T00:00:00Z'), new Date('2120-01-01T00:00:00Z')]
        await env['res.users.session'].create(
          [past, future].map((expires_at, i) => ({ token_hash: `hash ${i}`, user_id: 1, expires_at })),
        )
        for (const until of [past, future, null]) await env['res.users.apikeys']._generate(null, 'key', until)
      })
      t.equal(await run(runtime, 'ir_cron_session_forget'), 'done')
      t.equal(await run(runtime, 'ir_cron_apikeys_forget'), 'done')
      t.same([await count(runtime, 'res.users.session'), await count(runtime, 'res.users.apikeys')], [1, 2])
    })

    await t.test('forget what was logged long ago', async (t) => {
      await runtime.call(SYSTEM, 'write', (env) =>
        env['ir.logging'].create(
          [1, 2].map((n) => ({ name: `line ${n}`, type: 'server', message: 'x', path: 'x', func: 'x', line: '1' })),
        ),
      )
      await change(runtime, "UPDATE ir_logging SET create_date = '2020-01-01 00:00:00' WHERE name = 'line 1'")
      t.equal(await run(runtime, 'ir_cron_logging_forget'), 'done')
      t.equal(await count(runtime, 'ir.logging'), 1)
      const before = await count(runtime, 'ir.cron.log')
      await change(runtime, "UPDATE ir_cron_log SET started = '2020-01-01 00:00:00'")
      t.equal(await run(runtime, 'ir_cron_log_forget'), 'done')
      t.ok(before > 1)
      t.equal(await count(runtime, 'ir.cron.log'), 1, 'only its own run is left')
    })
  })
}
