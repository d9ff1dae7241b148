import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Env } from '#core'
import type { Context } from '#core/orm/models.ts'
import { settle as settleCall } from '#core/orm/compute/flush.ts'
import { userEnv } from '#core/orm/make-env.ts'
import type { AddonLayers } from '#core/orm/setup/layers.ts'
import { Transaction } from '#core/orm/transaction.ts'
import { openRuntime } from '#core/open.ts'
import { Runtime, type Caller } from '#core/runtime.ts'
import { desiredSchema, updateSchema } from '#core/schema/index.ts'
import type { Database } from '#core/sql/database.ts'
import { openDatabase } from '#core/sql/open.ts'
import { postgresForTests } from './postgres.ts'
import { copyTemplate, removeFiles, template } from './templates.ts'

/** The databases that every test of the ORM and of the addons runs on. */
export const DIALECTS = ['sqlite', 'postgres'] as const
export type DialectName = (typeof DIALECTS)[number]

/** What of a tap test the helpers use. */
interface Test {
  teardown(work: () => unknown): unknown
}

/** An empty database of its own for the test, gone afterwards. */
export async function freshDatabase(t: Test, dialect: DialectName): Promise<Database> {
  const name = `comptoir_${randomUUID().replaceAll('-', '').slice(0, 16)}`
  const files = join(tmpdir(), `${name}.files`)
  if (dialect === 'sqlite') {
    const path = join(tmpdir(), `${name}.sqlite`)
    const db = await openDatabase(`sqlite:${path}`, { files })
    t.teardown(async () => {
      await db.close()
      removeFiles(path)
      rmSync(files, { force: true, recursive: true })
    })
    return db
  }
  const server = await postgresForTests()
  await server.createDatabase(name)
  const db = await openDatabase(server.url(name), { files, pool: 4 })
  t.teardown(async () => {
    await db.close()
    await server.dropDatabase(name)
    rmSync(files, { force: true, recursive: true })
  })
  return db
}

/** The URL of a database of its own for the test, with addons installed: a copy of a template. */
export async function installedDatabase(
  t: Test,
  dialect: DialectName,
  addons: readonly string[] | null = ['base'],
  demo = false,
): Promise<string> {
  return copyTemplate(t, dialect, await template(dialect, addons, demo))
}

/** A served database with `base` installed. */
export async function installedRuntime(t: Test, dialect: DialectName): Promise<Runtime> {
  const url = await installedDatabase(t, dialect)
  const runtime = await openRuntime({ url })
  t.teardown(() => runtime.close())
  return runtime
}

/** A served database with the given layers and empty tables. */
export async function layersRuntime(t: Test, layers: readonly AddonLayers[], dialect: DialectName): Promise<Runtime> {
  const db = await freshDatabase(t, dialect)
  const runtime = Runtime.serve(db, layers)
  await updateSchema(db, desiredSchema(runtime.registry, db.dialect))
  return runtime
}

/** An environment in one transaction that lasts as long as the test and is then undone. The system's rights unless told otherwise. */
export async function openEnv(t: Test, runtime: Runtime, who: Caller = { uid: 1, su: true }): Promise<Env> {
  let finish: () => void = () => {}
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  let ended: Promise<unknown> = Promise.resolve()
  const env = await new Promise<Env>((resolve, reject) => {
    ended = runtime.db
      .transaction('write', async (connection) => {
        resolve(await userEnv(runtime.registry, new Transaction(runtime.db, connection, runtime.caches), who))
        await finished
        throw new Undone('UNDONE')
      })
      .catch((error: unknown) => {
        if (!(error instanceof Undone)) reject(error as Error)
      })
  })
  t.teardown(async () => {
    finish()
    await ended
  })
  return env
}

class Undone extends Error {}

/** A fresh database with the layers, and an environment on it. */
export async function layersEnv(
  t: Test,
  layers: readonly AddonLayers[],
  dialect: DialectName,
  context: Context = {},
): Promise<Env> {
  return openEnv(t, await layersRuntime(t, layers, dialect), { uid: 1, su: true, context })
}

/** How many statements the work sends. */
export async function countQueries(env: Env, work: () => Promise<unknown>): Promise<number> {
  const before = env.connection.queries
  await work()
  return env.connection.queries - before
}

/** Recomputes, writes and does what waits, as the end of a call does. */
export async function settle(env: Env): Promise<void> {
  await settleCall(env)
}

/** An environment on a fresh database with addons installed, and all that they depend on; undone with the test. */
export async function addonEnv(
  t: Test,
  dialect: DialectName,
  addons: readonly string[],
  options: { addonsPaths?: readonly string[] } = {},
): Promise<Env> {
  const url = await installedDatabase(t, dialect, options.addonsPaths ? ['base'] : addons)
  const runtime = await openRuntime({ url, addons, ...options })
  t.teardown(() => runtime.close())
  return openEnv(t, runtime)
}
