import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { basename } from 'node:path'
import { createInterface } from 'node:readline'
import { defineError } from '#core/errors.ts'
import { openRuntime } from '#core/open.ts'
import type {} from '#addons/base/index.ts'
import { type DialectName, installedDatabase } from '../env.ts'

const NOT_SERVED = defineError(
  'TEST_NOT_SERVED',
  'InternalError',
  (output: string) => `The server did not start: ${output}`,
)

/** A server process on a database of its own. */
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

/** Starts the server as people do, on a free port, with a copy of a database that has all addons and their demo data; it ends with the test. */
export async function served(t: Test, dialect: DialectName, ...options: readonly string[]): Promise<Served> {
  const database = await installedDatabase(t, dialect, null, true)
  const db = basename(database, '.sqlite')
  const key = await keyOf(database)
  const args = ['server/start.mjs', '--port', '0', '--log-level', 'error', '--database-url', database, ...options]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  t.teardown(async () => {
    if (child.exitCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  for await (const line of createInterface(child.stdout)) {
    const url = /^listening on (http:\S+)$/.exec(line)?.[1]
    if (url) return { url, host: new URL(url).hostname, port: Number(new URL(url).port), db, key }
  }
  throw new NOT_SERVED(errors)
}

/** Makes a key, which no route for scripts offers. */
async function keyOf(url: string): Promise<string> {
  const runtime = await openRuntime({ url })
  try {
    return await runtime.call({ uid: 1, su: true }, 'write', async (env) => {
      const [admin] = (await env['res.users'].search([['login', '=', 'admin']])).ids
      return (await env.asUser(admin as number))['res.users.apikeys']._generate('rpc', 'tests', null)
    })
  } finally {
    await runtime.close()
  }
}
