import { sql, type Context, type Env } from '#core'
import { layersRuntime, openEnv, type DialectName } from '#test/env.ts'
import type { AddonLayers } from '#core/orm/setup/layers.ts'
import { Runtime } from '#core/runtime.ts'
import { desiredSchema, updateSchema } from '#core/schema/index.ts'
import { openDatabase } from '#core/sql/open.ts'
import { copyTemplate, sharedTemplate } from '#test/templates.ts'
import { models } from '../index.ts'

type Test = Parameters<typeof layersRuntime>[0]

/** What every database has before the first record of data: the system's user, its company and their contacts. */
async function plant(env: Env): Promise<void> {
  const { connection, dialect } = env
  for (const [table, count] of [
    ['res_currency', 1],
    ['res_partner', 2],
    ['res_company', 1],
    ['res_users', 1],
  ] as const) {
    await connection.rows(dialect.nextIds(table, count))
  }
  await connection.run(
    sql`INSERT INTO res_currency (id, name, symbol, rounding, active) VALUES (1, 'EUR', '€', 0.01, ${true})`,
  )
  await connection.run(sql`
    INSERT INTO res_partner (id, name, complete_name, is_company, active, type, commercial_partner_id)
    VALUES (1, 'My Company', 'My Company', ${true}, ${true}, 'contact', 1), (2, 'System', 'System', ${false}, ${true}, 'contact', 2)`)
  await connection.run(
    sql`INSERT INTO res_company (id, name, partner_id, currency_id, active) VALUES (1, 'My Company', 1, 1, ${true})`,
  )
  await connection.run(
    sql`INSERT INTO res_users (id, login, partner_id, company_id, active) VALUES (1, '__system__', 2, 1, ${true})`,
  )
  await connection.run(sql`INSERT INTO res_company_users_rel (user_id, cid) VALUES (1, 1)`)
}

async function seed(env: Env): Promise<void> {
  await env['res.lang'].create([
    { name: 'English (US)', code: 'en_US', url_code: 'en', active: true },
    { name: 'French', code: 'fr_FR', url_code: 'fr' },
  ])
  const groups = [
    'group_user',
    'group_portal',
    'group_public',
    'group_erp_manager',
    'group_system',
    'group_partner_manager',
    'group_multi_company',
  ]
  const made = await env['res.groups'].create(groups.map((name) => ({ name })))
  await env['ir.model.data'].create(
    groups.map((name, i) => ({ module: 'base', name, model: 'res.groups', res_id: made.ids[i]! })),
  )
  await env['res.users'].create([
    { name: 'Administrator', login: 'admin', password: 'admin', groups_id: [{ set: [made.ids[0]!, made.ids[4]!] }] },
  ])
}

/** What every test database of `base` is served with. */
export const baseLayers: AddonLayers = { addon: 'base', models }

async function fill(runtime: Runtime): Promise<void> {
  await runtime.call({ uid: 1, su: true }, 'write', async (env) => {
    await plant(env)
    await seed(env)
  })
}

/** A filled database of which each test takes a copy: making one anew takes seconds. */
function filled(dialect: DialectName): Promise<string> {
  return sharedTemplate(dialect, 'base-people', async (url) => {
    const runtime = Runtime.serve(await openDatabase(url, { pool: 2 }), [baseLayers])
    await updateSchema(runtime.db, desiredSchema(runtime.registry, runtime.db.dialect))
    await fill(runtime)
    await runtime.close()
  })
}

/** A served database with the models of `base` and of further layers, a company, the system's user and the administrator. */
export async function baseRuntime(t: Test, dialect: DialectName, more: readonly AddonLayers[] = []): Promise<Runtime> {
  if (more.length > 0) {
    const runtime = await layersRuntime(t, [baseLayers, ...more], dialect)
    await fill(runtime)
    return runtime
  }
  const db = await openDatabase(await copyTemplate(t, dialect, await filled(dialect)), { pool: 4 })
  t.teardown(() => db.close())
  return Runtime.serve(db, [baseLayers])
}

export async function baseEnv(t: Test, dialect: DialectName, context: Context = {}): Promise<Env> {
  return openEnv(t, await baseRuntime(t, dialect), { uid: 1, su: true, context })
}
