import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { defineError } from '#core/errors.ts'
import { openRuntime } from '#core/open.ts'
import type { DialectName } from './env.ts'
import { postgresForTests } from './postgres.ts'

const TEMPLATE_FAILED = defineError(
  'TEST_TEMPLATE_FAILED',
  'InternalError',
  (reason: string) => `A database for tests could not be made: ${reason}`,
)

/** The folder, made by `npm test`, in which test files find the templates that others of the run have made. */
const SHARED = 'COMPTOIR_TEST_TEMPLATES'

/** Another file makes a template that is being waited for: no install takes as long as this. */
const PATIENCE_MS = 240_000
const POLL_MS = 50

/**
 * Fills a database of which tests take copies: answers the path of an SQLite file, or the name of a PostgreSQL
 * database. `fill` must have closed it when it ends.
 */
export async function makeTemplate(dialect: DialectName, fill: (url: string) => Promise<void>): Promise<string> {
  const name = `comptoir_template_${randomUUID().slice(0, 8)}`
  if (dialect === 'sqlite') {
    const path = join(tmpdir(), `${name}.sqlite`)
    await fill(`sqlite:${path}`)
    return path
  }
  const server = await postgresForTests()
  await server.createDatabase(name)
  await fill(server.url(name))
  return name
}

/** The URL of a copy of a template for one test, gone afterwards. */
export async function copyTemplate(
  t: { teardown(work: () => unknown): unknown },
  dialect: DialectName,
  source: string,
): Promise<string> {
  const name = `comptoir_${randomUUID().replaceAll('-', '').slice(0, 16)}`
  if (dialect === 'sqlite') {
    const path = join(tmpdir(), `${name}.sqlite`)
    copyFileSync(source, path)
    if (existsSync(`${source}.files`)) cpSync(`${source}.files`, `${path}.files`, { recursive: true })
    t.teardown(() => removeFiles(path))
    return `sqlite:${path}`
  }
  const server = await postgresForTests()
  await server.createDatabase(name, source)
  t.teardown(() => server.dropDatabase(name))
  return server.url(name)
}

/** Removes an SQLite database with all that belongs to it. */
export function removeFiles(path: string): void {
  for (const file of [path, `${path}-wal`, `${path}-shm`, `${path}.files`])
    rmSync(file, { force: true, recursive: true })
}

const made = new Map<string, Promise<string>>()

/**
 * A filled database by its name, made once in a run of all tests, whichever file asks first, and once in a process that
 * runs alone.
 */
export function sharedTemplate(
  dialect: DialectName,
  name: string,
  fill: (url: string) => Promise<void>,
): Promise<string> {
  const key = `${dialect}-${name}`
  let known = made.get(key)
  if (!known) made.set(key, (known = makeOnce(key, () => makeTemplate(dialect, fill))))
  return known
}

/** A database with the given addons, and all that they depend on, installed; without addons with all that are shipped. */
export function template(
  dialect: DialectName,
  addons: readonly string[] | null = ['base'],
  demo = false,
): Promise<string> {
  const name = `${addons === null ? 'all' : addons.toSorted().join('+')}${demo ? '-demo' : ''}`
  return sharedTemplate(dialect, name, async (url) => {
    await (await openRuntime({ url, ...(addons === null ? {} : { addons }), demo, pool: 2 })).close()
  })
}

/** Makes something that has a name, or waits for the process that is making it. */
async function makeOnce(key: string, make: () => Promise<string>): Promise<string> {
  const folder = process.env[SHARED]
  if (folder === undefined) {
    const name = await make()
    if (name.endsWith('.sqlite')) process.once('exit', () => removeFiles(name))
    return name
  }
  const done = join(folder, key)
  try {
    mkdirSync(`${done}.making`)
  } catch {
    return waitFor(done)
  }
  try {
    const name = await make()
    writeFileSync(`${done}.part`, name)
    renameSync(`${done}.part`, done)
    return name
  } catch (error) {
    writeFileSync(`${done}.failed`, String(error))
    throw error
  }
}

async function waitFor(done: string): Promise<string> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
    if (existsSync(done)) return readFileSync(done, 'utf8')
    if (existsSync(`${done}.failed`)) throw new TEMPLATE_FAILED(readFileSync(`${done}.failed`, 'utf8'))
    await sleep(POLL_MS)
  }
  throw new TEMPLATE_FAILED(`nothing for ${PATIENCE_MS / 1000} s at ${done}`)
}

/** The environment of a run whose files share their templates, and what to do at its end. */
export function shareTemplates(): { env: Record<string, string>; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-templates-'))
  return {
    env: { [SHARED]: folder },
    remove: () => {
      for (const file of readdirSync(folder)) {
        if (file.startsWith('sqlite-') && !/\.\w+$/.test(file)) removeFiles(readFileSync(join(folder, file), 'utf8'))
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
