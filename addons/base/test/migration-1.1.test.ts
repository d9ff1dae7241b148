/* A database of before jobs ran server actions goes on with the jobs that it has. */
import t from 'tap'
import { ident, raw } from '#core'
import { openRuntime } from '#core/open.ts'
import { openDatabase } from '#core/sql/open.ts'
import { DIALECTS, type DialectName, installedDatabase } from '#test/env.ts'

const SYSTEM = { uid: 1, su: true } as const

/** How the table was declared in 1.0.0, as far as it matters. */
const ID: Readonly<Record<DialectName, string>> = {
  sqlite: 'integer PRIMARY KEY AUTOINCREMENT',
  postgres: 'serial PRIMARY KEY',
}

/** Turns the jobs of a database back into what 1.0.0 made of them. */
async function downgrade(url: string, dialect: DialectName): Promise<void> {
  const db = await openDatabase(url, { pool: 1 })
  const copied = 'id, active, user_id, interval_number, interval_type, nextcall, priority'
  await db.transaction('write', async (connection) => {
    const run = (text: string): Promise<unknown> => connection.run(raw(text))
    const moment = dialect === 'sqlite' ? 'datetime' : 'timestamp(0)'
    await run(`CREATE TABLE old_cron (id ${ID[dialect]}, create_uid integer, create_date ${moment}, write_uid integer,
      write_date ${moment}, name ${dialect === 'sqlite' ? 'json text' : 'jsonb'} NOT NULL,
      active boolean, model_id integer NOT NULL, function text NOT NULL, user_id integer NOT NULL,
      interval_number integer NOT NULL, interval_type text NOT NULL,
      nextcall ${moment} NOT NULL, priority integer)`)
    await run(`INSERT INTO old_cron (${copied}, name, model_id, function)
      SELECT ${copied.replaceAll(/\b(\w+)\b/g, 'c.$1')}, s.name, s.model_id, replace(replace(s.code, 'model.', ''), '()', '')
      FROM ir_cron c JOIN ir_act_server s ON s.id = c.ir_actions_server_id`)
    await run(`DELETE FROM ir_model_data WHERE model = 'ir.actions.server' AND name LIKE 'ir_cron%'`)
    if (dialect === 'postgres') await run('DROP TABLE ir_cron CASCADE')
    else await run('DELETE FROM ir_cron')
    await run(`DELETE FROM ir_act_server WHERE ${ident('usage').text} = 'ir_cron'`)
    if (dialect === 'sqlite') await run('DROP TABLE ir_cron')
    await run('ALTER TABLE old_cron RENAME TO ir_cron')
    await run(`UPDATE ir_module_module SET latest_version = '1.0.0', checksum = NULL WHERE name = 'base'`)
  })
  await db.close()
}

for (const dialect of DIALECTS) {
  t.test(`jobs of 1.0.0 get server actions on ${dialect}`, async (t) => {
    const url = await installedDatabase(t, dialect)
    const jobsOf = async (): Promise<object[]> => {
      const runtime = await openRuntime({ url })
      try {
        return await runtime.call(SYSTEM, 'read', async (env) =>
          (
            await (await env['ir.cron'].search([], { order: 'id' })).load(['name', 'code', 'model_id.model', 'active'])
          ).map(({ id, name, code, model_id, active }) => ({ id, name, code, model: model_id.model, active })),
        )
      } finally {
        await runtime.close()
      }
    }
    const before = await jobsOf()
    t.ok(before.length > 5)
    await downgrade(url, dialect)
    t.same(await jobsOf(), before, 'they are the same, under the same ids')
    t.same(await jobsOf(), before, 'and stay so')
  })
}
