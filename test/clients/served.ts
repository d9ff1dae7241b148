import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { defineError } from '#core/errors.ts'
import { openRuntime } from '#core/open.ts'
import type {} from '#addons/base/index.ts'
import type { DialectName } from '../env.ts'
import { postgresForTests } from '../postgres.ts'

const NOT_SERVED = defineError(
  'TEST_NOT_SERVED',
  'InternalError',
  (output: string) => `The server did not start: ${output}`,
)

/** A server process on a fresh database. */
export interface Served {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  readonly host: string
  readonly port: number
  /** The name of the database on the wire. */
  readonly db: string
  /** An API key of the user `admin`. */
  readonly key: string
}

/** What of a tap test the helper uses. */
interface Test {
  teardown(work: () => unknown): unknown
}

/** Starts the server as people do, on a free port and a fresh database with all addons; it ends with the test. */
export async function served(t: Test, dialect: DialectName, ...options: readonly string[]): Promise<Served> {
  const db = `comptoir_${randomUUID().replaceAll('-', '').slice(0, 16)}`
  const { url: database, drop } = await freshUrl(dialect, db)
  const key = await keyOf(database)
  const args = ['server/start.mjs', '--port', '0', '--log-level', 'error', '--database-url', database, ...options]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  t.teardown(async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    await drop()
  })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  for await (const line of createInterface(child.stdout)) {
    const url = /^listening on (http:\S+)$/.exec(line)?.[1]
    if (url) return { url, host: new URL(url).hostname, port: Number(new URL(url).port), db, key }
  }
  throw new NOT_SERVED(errors)
}

/** Installs the addons with their demo data, as the first start does, and makes a key, which no route offers. */
async function keyOf(url: string): Promise<string> {
  const runtime = await openRuntime({ url, demo: true })
  try {
    return await runtime.call({ uid: 1, su: true }, 'write', async (env) => {
      const [admin] = (await env['res.users'].search([['login', '=', 'admin']])).ids
      return (await env.asUser(admin as number))['res.users.apikeys']._generate('rpc', 'tests', null)
    })
  } finally {
    await runtime.close()
  }
}

async function freshUrl(dialect: DialectName, name: string): Promise<{ url: string; drop: () => Promise<void> }> {
  if (dialect === 'postgres') {
    const server = await postgresForTests()
    await server.createDatabase(name)
    return { url: server.url(name), drop: () => server.dropDatabase(name) }
  }
  const path = join(tmpdir(), `${name}.sqlite`)
  const files = [path, `${path}-wal`, `${path}-shm`, `${path}.files`]
  const drop = async (): Promise<void> => files.forEach((file) => rmSync(file, { force: true, recursive: true }))
  return { url: `sqlite:${path}`, drop }
}
