import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { start, type REPLServer } from 'node:repl'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'
import { createContext, Script, type Context } from 'node:vm'
import amaro from 'amaro'
import { openServed } from '../../core/open.ts'
import type { Env } from '../../core/orm/env.ts'
import { RecordSet } from '../../core/orm/record-set.ts'
import type { Runtime } from '../../core/runtime.ts'
import type { Config } from '../config.ts'
import { databaseOptions } from './database-options.ts'

const WELCOME = `env['res.partner'], await, TypeScript. Each line is a transaction of its own: it is kept when it succeeds.
Tab completes models, fields and methods; .exit ends.
`

/**
 * `shell`: lines of TypeScript with `env`, the system's environment, each a call of its own. `shell FILE.ts` runs the
 * file's default export with it instead: `export default async (env: Env) => { … }`, which the compiler checks.
 */
export async function shell(config: Config, [file]: readonly string[]): Promise<void> {
  const runtime = await openServed(databaseOptions(config))
  try {
    if (file === undefined) await interact(runtime)
    else await runFile(runtime, file)
  } finally {
    await runtime.close()
  }
}

async function runFile(runtime: Runtime, file: string): Promise<void> {
  await readFile(file) // a file that is not there is told by its name, not by its URL
  const module = (await import(pathToFileURL(resolve(file)).href)) as { default: (env: Env) => Promise<unknown> }
  const result = await runtime.call({ uid: 1, su: true }, 'write', (env) => module.default(env))
  if (result !== undefined) console.dir(result, { depth: 4 })
}

async function interact(runtime: Runtime): Promise<void> {
  process.stdout.write(WELCOME)
  const context = createContext({ console })
  // Lines that are pasted together run one after the other.
  let last: Promise<unknown> = Promise.resolve()
  const repl: REPLServer = start({
    prompt: 'comptoir> ',
    writer: (value: unknown) =>
      value instanceof RecordSet
        ? `${value.modelName}(${value.ids.join(', ')})`
        : inspect(value, { colors: process.stdout.isTTY, depth: 3 }),
    eval: (line, _context, _file, done) => {
      last = last
        .then(() => evaluate(runtime, context, line))
        .then(
          (value) => done(null, value),
          (error: unknown) => done(error as Error, undefined),
        )
    },
    completer: (line: string) => completions(runtime, line),
  })
  await new Promise<void>((ended) => repl.on('exit', ended))
  await last
}

/** Runs one line with a fresh environment; `const x = …` keeps `x` for later lines, records in the environment of each. */
async function evaluate(runtime: Runtime, context: Context, line: string): Promise<unknown> {
  const { code } = amaro.transformSync(line, { mode: 'strip-only' })
  const kept = /^\s*(?:const|let|var)\s+(\w+)\s*=([\s\S]*)$/.exec(code)
  const expression = (kept?.[2] ?? code).trim().replace(/;$/, '')
  if (expression === '') return undefined
  return runtime.call({ uid: 1, su: true }, 'write', async (env) => {
    context['env'] = env
    for (const [name, value] of Object.entries(context))
      if (value instanceof RecordSet) context[name] = env.model(value.modelName, value.ids)
    const value: unknown = await asScript(expression).runInContext(context)
    if (kept?.[1]) context[kept[1]] = value
    return value
  })
}

/** The text as an expression when it is one, else as statements. */
function asScript(text: string): Script {
  try {
    return new Script(`(async () => (${text}))()`)
  } catch {
    return new Script(`(async () => { ${text} })()`)
  }
}

/** Names of models after `env['`, of fields within `load(['`, of methods after a model's `.`. */
export function completions({ registry }: Pick<Runtime, 'registry'>, line: string): [string[], string] {
  const model = /env\[['"]([\w.]*)$/.exec(line)
  if (model)
    return matching(
      [...registry.models()].map(({ name }) => name),
      model[1] ?? '',
    )
  const about = /env\[['"]([\w.]+)['"]\](?!.*env\[)/.exec(line)?.[1]
  if (about === undefined || !registry.has(about)) return [[], line]
  const info = registry.get(about)
  const method = /\.(\w*)$/.exec(line)
  if (method)
    return matching(
      [
        'load',
        'search',
        'search_count',
        'create',
        'write',
        'unlink',
        'browse',
        'exists',
        'sudo',
        'withContext',
        ...info.callables.keys(),
      ],
      method[1] ?? '',
    )
  const field = /['"](\w*)$/.exec(line)
  return field ? matching([...info.fields.keys()], field[1] ?? '') : [[], line]
}

function matching(names: readonly string[], start: string): [string[], string] {
  return [names.filter((name) => name.startsWith(start)).toSorted(), start]
}
