import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rmSync } from 'node:fs'
import { openRuntime } from '#core/open.ts'
import type { DialectName } from './env.ts'
import { postgresForTests } from './postgres.ts'

/** Where `npm test` put the templates, so that test files do not each install their own. */
const SHARED: Readonly<Record<DialectName, string>> = {
  sqlite: 'COMPTOIR_TEST_TEMPLATE_SQLITE',
  postgres: 'COMPTOIR_TEST_TEMPLATE_PG',
}

/**
 * Installs `base` without demo data into a database of which tests take copies: the path of an SQLite file, or the
 * name of a PostgreSQL database.
 */
export async function makeTemplate(dialect: DialectName): Promise<string> {
  const name = `comptoir_template_${randomUUID().slice(0, 8)}`
  if (dialect === 'sqlite') {
    const path = join(tmpdir(), `${name}.sqlite`)
    await (await openRuntime({ url: `sqlite:${path}`, addons: ['base'] })).close()
    process.once('exit', () => removeFiles(path))
    return path
  }
  const server = await postgresForTests()
  await server.createDatabase(name)
  await (await openRuntime({ url: server.url(name), addons: ['base'], pool: 2 })).close()
  return name
}

/** Removes an SQLite database with all that belongs to it. */
export function removeFiles(path: string): void {
  for (const file of [path, `${path}-wal`, `${path}-shm`, `${path}.files`]) rmSync(file, { force: true, recursive: true })
}

const made = new Map<DialectName, Promise<string>>()

/** The template that `npm test` made, or one that this process makes when it is first asked for. */
export function template(dialect: DialectName): Promise<string> {
  let known = made.get(dialect)
  if (!known) {
    const shared = process.env[SHARED[dialect]]
    made.set(dialect, (known = shared ? Promise.resolve(shared) : makeTemplate(dialect)))
  }
  return known
}

/** The environment that tells test files of the templates. */
export async function sharedTemplates(): Promise<Record<string, string>> {
  return { [SHARED.sqlite]: await makeTemplate('sqlite'), [SHARED.postgres]: await makeTemplate('postgres') }
}
