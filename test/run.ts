/*
 * What `npm test` runs: tap with the arguments given, one PostgreSQL server for all test files, and
 * databases with `base` installed of which they take copies.
 * Ends with tap's own status.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startPostgres } from './postgres.ts'
import { sharedTemplates } from './templates.ts'

const INTERRUPTED = 130
const TAP = fileURLToPath(new URL('../node_modules/.bin/tap', import.meta.url))

const server = await startPostgres()
process.env['COMPTOIR_TEST_PG'] = server.url('')
const templates = await sharedTemplates()
const tap = spawn(TAP, ['run', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, ...templates },
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => tap.kill(signal))
const [status] = (await once(tap, 'exit')) as [number | null]
await server.stop()
process.exit(status ?? INTERRUPTED)
