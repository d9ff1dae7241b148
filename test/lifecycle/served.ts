import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { defineError } from '#core/errors.ts'
import { type Client, loggedIn } from './client.ts'

const NOT_SERVED = defineError(
  'TEST_NOT_SERVED',
  'InternalError',
  (output: string) => `The server did not start: ${output}`,
)

interface Test {
  teardown(work: () => unknown): unknown
}

/** A server process with addons of its own, and a client that is logged in as its administrator. */
export interface ServedAddons {
  readonly url: string
  readonly admin: Client
  readonly process: ChildProcess
}

/** Serves a database that has `base`, with a further folder of addons, in a process as people start it. */
export async function serveAddons(t: Test, database: string, path: string): Promise<ServedAddons> {
  const args = [
    'server/start.mjs',
    '--port',
    '0',
    '--log-level',
    'error',
    '--no-cron',
    '--database-url',
    database,
    '--addons-path',
    path,
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  t.teardown(async () => {
    if (child.exitCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => void (errors += chunk.toString()))
  for await (const line of createInterface(child.stdout)) {
    const url = /^listening on (http:\S+)$/.exec(line)?.[1]
    if (url) return { url, admin: await loggedIn(url), process: child }
  }
  throw new NOT_SERVED(errors)
}
