/*
 * What `npm test` runs: tap with the arguments given, one PostgreSQL server for all test files, and a folder in which
 * they share the databases that they take copies of.
 * Ends with tap's own status.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startPostgres } from './postgres.ts'
import { shareTemplates } from './templates.ts'

const INTERRUPTED = 130
const TAP = fileURLToPath(new URL('../node_modules/.bin/tap', import.meta.url))
/** tap's own compiler, which `.taprc` leaves out: it knows no TypeScript 7. */
const LEFT_OUT = '@tapjs/typescript'

/**
 * Builds tap with the plugins that `.taprc` names. A fresh install comes with the default ones, and the run that
 * notices it builds them anew only after it has chosen the loaders of its test files.
 */
function buildPlugins(): void {
  const loaders = execFileSync(TAP, ['node-options'], { encoding: 'utf8' })
  if (loaders.includes(LEFT_OUT)) execFileSync(TAP, ['build'], { stdio: 'inherit' })
}

buildPlugins()

const server = await startPostgres()
process.env['COMPTOIR_TEST_PG'] = server.url('')
const templates = shareTemplates()
const tap = spawn(TAP, ['run', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, ...templates.env },
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => tap.kill(signal))
const [status] = (await once(tap, 'exit')) as [number | null]
templates.remove()
await server.stop()
process.exit(status ?? INTERRUPTED)
