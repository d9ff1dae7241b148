import { randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { backup } from '#core/backup/backup.ts'
import { restore } from '#core/backup/restore.ts'
import { openRuntime } from '#core/open.ts'
import type { Runtime } from '#core/runtime.ts'
import { openDatabase } from '#core/sql/open.ts'
import type {} from '#addons/base/index.ts'
import { type DialectName, DIALECTS, installedRuntime } from '../../env.ts'
import { postgresForTests } from '../../postgres.ts'
import { removeFiles } from '../../templates.ts'

const SYSTEM = { uid: 1, su: true } as const

/** The URL of a database that is not there; what comes to be there goes with the test. */
async function vacantUrl(t: Test, dialect: DialectName): Promise<string> {
  const name = `comptoir_${randomUUID().replaceAll('-', '').slice(0, 16)}`
  if (dialect === 'sqlite') {
    const path = join(tmpdir(), `${name}.sqlite`)
    t.teardown(() => removeFiles(path))
    return `sqlite:${path}`
  }
  const server = await postgresForTests()
  t.teardown(async () => {
    await server.dropDatabase(name)
    rmSync(join('var', 'files', name), { recursive: true, force: true })
  })
  return server.url(name)
}

function vacantFolder(t: Test): string {
  const folder = join(tmpdir(), `backup-${randomUUID()}`)
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Two categories in one call, each of which has a name that the other has, too. */
const pair = (runtime: Runtime, name: string): Promise<unknown> =>
  runtime.call(SYSTEM, 'write', async (env) => {
    await env['res.partner.category'].create([{ name: `${name} left` }])
    await env['res.partner.category'].create([{ name: `${name} right` }])
  })

for (const dialect of DIALECTS) {
  t.test(`a backup on ${dialect} that is made while others write holds whole calls, and attachments`, async (t) => {
    const runtime = await installedRuntime(t, dialect)
    t.teardown(() => rmSync(runtime.db.files, { recursive: true, force: true }))
    const file = await runtime.call(
      SYSTEM,
      'write',
      async (env) =>
        (await env['ir.attachment'].create([{ name: 'letter', raw: Buffer.from('Dear "reader",\n\\ ?') }])).ids,
    )
    await pair(runtime, 'first')

    let writing = true
    let pairs = 1
    const writer = (async () => {
      while (writing) {
        await pair(runtime, `pair ${pairs++}`)
        // lets the backup run, which shares this process with the writer
        await new Promise((resolve) => setImmediate(resolve))
      }
    })()
    const folder = vacantFolder(t)
    const other = await openDatabase(runtime.db.url, { pool: 1, files: runtime.db.files })
    await backup(other, folder)
    await other.close()
    writing = false
    await writer
    t.ok(pairs > 2, 'others did write')
    t.notOk(existsSync(`${folder}.part`))
    await t.rejects(backup(runtime.db, folder), { code: 'BACKUP_EXISTS' })

    const url = await vacantUrl(t, dialect)
    await restore(folder, { url, force: false })
    const restored = await openRuntime({ url, addons: ['base'] })
    await restored.call(SYSTEM, 'write', async (env) => {
      const model = env['res.partner.category']
      const names = new Set((await (await model.search([])).load(['name'])).map(({ name }) => name))
      const lefts = [...names].filter((name) => name.endsWith(' left'))
      t.ok(lefts.includes('first left'))
      t.same(
        lefts.filter((name) => !names.has(name.replace(' left', ' right'))),
        [],
      )
      t.equal([...names].filter((name) => name.endsWith(' right')).length, lefts.length)
      const [letter] = await env['ir.attachment'].browse(file).load(['raw'])
      t.equal(Buffer.from(letter?.raw ?? []).toString(), 'Dear "reader",\n\\ ?')
      t.ok((await model.create([{ name: 'after' }])).ids[0], 'ids go on where they were')
      t.equal(
        await env['res.users'].search_count([]),
        await runtime.call(SYSTEM, 'read', (env) => env['res.users'].search_count([])),
      )
    })
    await restored.close()

    await t.rejects(restore(folder, { url, force: false }), { code: 'RESTORE_OCCUPIED' })
    await restore(folder, { url, force: true })
    const again = await openRuntime({ url, addons: ['base'] })
    t.equal(
      await again.call(SYSTEM, 'read', (env) => env['res.partner.category'].search_count([['name', '=', 'after']])),
      0,
    )
    await again.close()
  })
}

t.test('a folder that is no backup, or one of another kind of database, is refused', async (t) => {
  const folder = vacantFolder(t)
  await t.rejects(restore(folder, { url: await vacantUrl(t, 'sqlite'), force: false }), { code: 'BACKUP_INVALID' })
  const runtime = await installedRuntime(t, 'sqlite')
  await backup(runtime.db, folder)
  await t.rejects(restore(folder, { url: await vacantUrl(t, 'postgres'), force: false }), {
    code: 'BACKUP_OTHER_DATABASE',
  })
})
