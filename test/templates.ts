import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { copyFileSync, rmSync } from 'node:fs'
import { openRuntime } from '#core/open.ts'
import type { DialectName } from './env.ts'
import { postgresForTests } from './postgres.ts'

/** Where `npm test` put the templates, so that test files do not each install their own. */
const SHARED: Readonly<Record<DialectName, string>> = {
  sqlite: 'COMPTOIR_TEST_TEMPLATE_SQLITE',
  postgres: 'COMPTOIR_TEST_TEMPLATE_PG',
}

/**
 * Fills a database of which tests take copies: answers the path of an SQLite file, or the name of a PostgreSQL
 * database. `fill` must have closed it when it ends.
 */
export async function makeTemplate(dialect: DialectName, fill: (url: string) => Promise<void>): Promise<string> {
  const name = `comptoir_template_${randomUUID().slice(0, 8)}`
  if (dialect === 'sqlite') {
    const path = join(tmpdir(), `${name}.sqlite`)
    await fill(`sqlite:${path}`)
    process.once('exit', () => removeFiles(path))
    return path
  }
  const server = await postgresForTests()
  await server.createDatabase(name)
  await fill(server.url(name))
  return name
}

/** `base` without demo data. */
async function install(url: string): Promise<void> {
  await (await openRuntime({ url, addons: ['base'], pool: 2 })).close()
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

const made = new Map<DialectName, Promise<string>>()

/** The template that `npm test` made, or one that this process makes when it is first asked for. */
export function template(dialect: DialectName): Promise<string> {
  let known = made.get(dialect)
  if (!known) {
    const shared = process.env[SHARED[dialect]]
    made.set(dialect, (known = shared ? Promise.resolve(shared) : makeTemplate(dialect, install)))
  }
  return known
}

/** The environment that tells test files of the templates. */
export async function sharedTemplates(): Promise<Record<string, string>> {
  return {
    [SHARED.sqlite]: await makeTemplate('sqlite', install),
    [SHARED.postgres]: await makeTemplate('postgres', install),
  }
}
