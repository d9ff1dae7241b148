/*
 * What `npm run check` runs, all at once: the types of the whole, the types of each addon with nothing but what it
 * depends on, and the lint rules. Prints what failed; ends with 1 if anything did.
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const BIN = 'node_modules/.bin'
const addons = readdirSync('addons').filter((name) => existsSync(join('addons', name, 'tsconfig.json')))

const checks: readonly (readonly [name: string, command: string, args: readonly string[]])[] = [
  ['types', 'tsc', ['-p', '.']],
  ['types of the browser', 'tsc', ['-p', 'views']],
  ...addons.map((name) => [`types of ${name}`, 'tsc', ['-p', join('addons', name)]] as const),
  ['lint', 'oxlint', ['--type-aware', '--quiet', 'core', 'addons', 'server', 'views', 'test', 'bench', 'data']],
]

async function run([name, command, args]: (typeof checks)[number]): Promise<boolean> {
  const child = spawn(join(BIN, command), args)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()))
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve))
  process.stdout.write(status === 0 ? `ok ${name}\n` : `not ok ${name}\n${output}\n`)
  return status === 0
}

let failed = 0
// two at a time: the compiler uses a processor each
const waiting = [...checks]
await Promise.all(
  Array.from({ length: 2 }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) if (!(await run(next))) failed++
  }),
)
process.exit(failed > 0 ? 1 : 0)
