/* The service `db`: databases are made, copied, saved and dropped by who knows the master password, and by nobody else. */
import { randomUUID } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import t, { type Test } from 'tap'
import { openRuntime } from '#core/open.ts'
import { buildApp } from '#server/app.ts'
import { makeConfig } from '#server/config.ts'
import { type DialectName, DIALECTS, installedDatabase } from '#test/env.ts'
import { template } from '#test/templates.ts'
import { type Answer, Client } from './fixture/server.ts'

const MASTER = 'a long master password'
const SYSTEM = { uid: 1, su: true } as const

// a database is made from nothing here, on a machine that may be busy
t.setTimeout(300_000)

interface Service {
  readonly name: string
  db(method: string, ...args: readonly unknown[]): Promise<Answer>
  /** The URL of a database beside the served one. */
  url(name: string): string
}

async function service(t: Test, dialect: DialectName, masterPassword?: string): Promise<Service> {
  const url = dialect === 'sqlite' ? await alone(t) : await installedDatabase(t, dialect)
  const runtime = await openRuntime({ url })
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const app = buildApp(makeConfig({ databaseUrl: url, ...(masterPassword && { masterPassword }) }), runtime, silent)
  t.teardown(async () => {
    await app.close()
    await runtime.close()
  })
  const client = new Client(app)
  const { name } = runtime.db
  return {
    name,
    db: (method, ...args) => client.service('db', method, ...args),
    url: (other) => url.replace(name, other),
  }
}

/** A copy of the template in a folder where no other test has databases. */
async function alone(t: Test): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-databases-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  copyFileSync(await template('sqlite'), join(folder, 'served.sqlite'))
  return `sqlite:${join(folder, 'served.sqlite')}`
}

const fresh = (): string => `db${randomUUID().slice(0, 8)}`
const codeOf = ({ error }: Answer): unknown => (error?.data['context'] as { code?: string } | undefined)?.code

async function read<T>(url: string, work: (names: string[]) => T): Promise<T> {
  const runtime = await openRuntime({ url })
  try {
    return await runtime.call(SYSTEM, 'read', async (env) =>
      work((await (await env['res.partner'].search([])).load(['name'])).map(({ name }) => name ?? '')),
    )
  } finally {
    await runtime.close()
  }
}

for (const dialect of DIALECTS) {
  t.test(`databases on ${dialect}`, async (t) => {
    await t.test('are told and managed for nobody without a master password', async (t) => {
      const { db, name } = await service(t, dialect)
      t.same((await db('list')).result, [name])
      for (const method of ['create_database', 'drop', 'dump', 'restore', 'rename', 'duplicate_database'])
        t.equal(codeOf(await db(method, MASTER, name, name, false)), 'MASTER_OFF', method)
      t.equal((await db('db_exist', name)).result, true)
      const languages = (await db('list_lang')).result as [code: string, name: string][]
      t.match(languages.find(([code]) => code === 'fr_FR')?.[1], /Fran/)
    })

    const { db, name, url } = await service(t, dialect, MASTER)

    await t.test('are not managed with another password, and guessing is slowed down', async (t) => {
      const guesser = await service(t, dialect, MASTER)
      t.equal(codeOf(await guesser.db('dump', 'wrong', guesser.name)), 'MASTER_WRONG')
      const codes: unknown[] = []
      for (let i = 0; i < 12; i++) codes.push(codeOf(await guesser.db('drop', `guess ${i}`, 'x')))
      t.equal(codes.at(-1), 'LOGIN_DELAYED')
    })

    await t.test('cannot be named so that they lead elsewhere', async (t) => {
      for (const wrong of ['../evil', 'a/b', 'a b', '', '.hidden', 'x"; DROP TABLE y', 'a\0b', 'é'])
        t.equal(codeOf(await db('duplicate_database', MASTER, name, wrong)), 'DATABASE_NAME', JSON.stringify(wrong))
    })

    await t.test('that are served are neither dropped nor renamed nor overwritten', async (t) => {
      t.equal(codeOf(await db('drop', MASTER, name)), 'DATABASE_SERVED')
      t.equal(codeOf(await db('rename', MASTER, name, fresh())), 'DATABASE_SERVED')
      t.equal(codeOf(await db('create_database', MASTER, name, false, 'en_US')), 'DATABASE_THERE')
      t.equal(codeOf(await db('duplicate_database', MASTER, fresh(), fresh())), 'DATABASE_MISSING')
    })

    await t.test('are made with a language and an administrator', async (t) => {
      const made = fresh()
      t.teardown(() => db('drop', MASTER, made))
      t.equal((await db('create_database', MASTER, made, false, 'fr_FR', 'secret-word', 'chef', 'fr')).result, true)
      t.ok(((await db('list')).result as string[]).includes(made))
      const runtime = await openRuntime({ url: url(made) })
      await runtime.call(SYSTEM, 'read', async (env) => {
        const [chef] = await (await env['res.users'].search([['login', '=', 'chef']])).load(['lang'])
        t.equal(chef?.lang, 'fr_FR')
        const [company] = await env['res.company'].browse([1]).load(['country_id.code'])
        t.equal(company?.country_id?.code, 'FR')
      })
      await runtime.close()
    })

    await t.test('are copied, renamed and dropped', async (t) => {
      const [copy, renamed] = [fresh(), fresh()]
      t.equal((await db('duplicate_database', MASTER, name, copy, true)).result, true)
      t.equal((await db('rename', MASTER, copy, renamed)).result, true)
      const runtime = await openRuntime({ url: url(renamed) })
      const jobs = await runtime.call(SYSTEM, 'read', async (env) =>
        env['ir.cron'].search_count([['active', '=', true]]),
      )
      await runtime.close()
      t.equal(jobs, 0, 'a neutral copy does nothing by itself')
      t.equal((await db('drop', MASTER, renamed)).result, true)
      t.equal((await db('drop', MASTER, renamed)).result, false)
      t.equal((await db('db_exist', renamed)).result, false)
    })

    await t.test('are dumped and restored whole, and a broken dump leaves nothing behind', async (t) => {
      const restored = fresh()
      t.teardown(() => db('drop', MASTER, restored))
      const { result: data } = await db('dump', MASTER, name, 'zip')
      t.equal((await db('restore', MASTER, restored, data)).result, true)
      t.same(await read(url(restored), (names) => names.toSorted()), await read(url(name), (names) => names.toSorted()))
      const other = fresh()
      for (const broken of ['no base64!', Buffer.from('no zip').toString('base64'), String(data).slice(0, 4000)])
        t.equal(codeOf(await db('restore', MASTER, other, broken)), 'DUMP_INVALID')
      t.equal((await db('db_exist', other)).result, false)
    })
  })
}
