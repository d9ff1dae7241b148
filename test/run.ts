/*
 * What `npm test` runs: tap with the arguments given, and one PostgreSQL server for all test files.
 * Ends with tap's own status.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startPostgres } from './postgres.ts'

const INTERRUPTED = 130
const TAP = fileURLToPath(new URL('../node_modules/.bin/tap', import.meta.url))

const server = await startPostgres()
const tap = spawn(TAP, ['run', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, COMPTOIR_TEST_PG: server.url('') },
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => tap.kill(signal))
const [status] = (await once(tap, 'exit')) as [number | null]
await server.stop()
process.exit(status ?? INTERRUPTED)
