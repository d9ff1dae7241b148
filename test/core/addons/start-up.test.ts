import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { openRuntime } from '#core/open.ts'
import type { Runtime } from '#core/runtime.ts'
import type { Database } from '#core/sql/database.ts'
import { DIALECTS, freshDatabase } from '#test/env.ts'

const OPENER = fileURLToPath(new URL('fixture/open.ts', import.meta.url))
const SYSTEM = { uid: 1, su: true } as const

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

interface Opener {
  readonly process: ChildProcess
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>
}

function open(t: { teardown(work: () => unknown): unknown }, url: string): Opener {
  const child = spawn(process.execPath, ['--import', 'tsx', OPENER, url], { stdio: ['ignore', 'pipe', 'pipe'] })
  t.teardown(() => child.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => void (output += part.toString()))
  return { process: child, ended: once(child, 'close').then(([code]) => ({ code: code as number | null, output })) }
}

/** Whether another process is in the midst of a transaction that writes. */
async function isBeingWritten({ dialect, knex, violation }: Database): Promise<boolean> {
  if (dialect.name === 'sqlite') {
    try {
      await knex.raw('BEGIN IMMEDIATE')
      await knex.raw('ROLLBACK')
      return false
    } catch (error) {
      return violation(error).kind === 'conflict'
    }
  }
  const locks = await knex.raw<{ rows: { n: number }[] }>(
    `SELECT count(*)::integer AS n FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()
     AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  )
  return (locks.rows[0]?.n ?? 0) > 0
}

/** How many records of each kind `base` has brought. */
async function counts(runtime: Runtime): Promise<Record<string, number>> {
  return runtime.call({ ...SYSTEM, context: { active_test: false } }, 'read', async (env) => {
    const models = ['ir.module.module', 'ir.model', 'res.users', 'res.company', 'res.country', 'res.groups', 'ir.cron']
    const found: Record<string, number> = {}
    for (const model of models) found[model] = await env.model(model).search_count([])
    return found
  })
}

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const { url: whole } = await freshDatabase(t, dialect)
    const reference = await openRuntime({ url: whole, addons: ['base'] })
    const expected = await counts(reference)
    await reference.close()
    t.ok((expected['res.country'] ?? 0) > 200)

    await t.test('processes that start together on a new database install it once', async (t) => {
      const { url } = await freshDatabase(t, dialect)
      const openers = [open(t, url), open(t, url)]
      for (const { ended } of openers) t.same(await ended, { code: 0, output: 'open\n' })
      const runtime = await openRuntime({ url })
      t.teardown(() => runtime.close())
      t.same(await counts(runtime), expected)
    })

    await t.test(
      'a process that is killed while it installs leaves a database that the next one installs',
      async (t) => {
        const db = await freshDatabase(t, dialect)
        const opener = open(t, db.url)
        while (!(await isBeingWritten(db))) await pause(5)
        await pause(400)
        opener.process.kill('SIGKILL')
        t.same(await opener.ended, { code: null, output: '' }, 'it was not done yet')
        const runtime = await openRuntime({ url: db.url, addons: ['base'] })
        t.teardown(() => runtime.close())
        t.same(await counts(runtime), expected)
      },
    )
  })
}
