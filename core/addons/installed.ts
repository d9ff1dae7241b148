import type { Env } from '../orm/env.ts'
import type { Connection } from '../sql/connection.ts'
import type { Database } from '../sql/database.ts'
import { sql } from '../sql/fragment.ts'
import type { Manifest } from './manifest.ts'

/** The parameter that holds the checksum of the models as the database knows them. */
const MODELS_CHECKSUM = 'base.registry_checksum'

/** What a database remembers of an addon. */
export interface KnownAddon {
  readonly id: number
  readonly isInstalled: boolean
  /** Of its files as they were last loaded. */
  readonly checksum: string | null
}

/** What a database remembers of the addons and models that it was last opened with. */
export interface Memory {
  readonly addons: ReadonlyMap<string, KnownAddon>
  readonly modelsChecksum: string | null
}

/** Names of the addons that a database has; none when it is empty. */
export async function installedAddons(db: Database): Promise<string[]> {
  const read = (connection: Connection): Promise<{ name: string }[]> =>
    connection.rows(sql`SELECT name FROM ir_module_module WHERE state = ${'installed'} ORDER BY name`)
  try {
    return (await db.transaction('read', read)).map((row) => row.name)
  } catch (error) {
    if (db.violation(error).kind === 'no table') return []
    throw error
  }
}

/** Reads what the database remembers. */
export async function readMemory({ connection }: Env): Promise<Memory> {
  const rows = await connection.rows<{ id: number; name: string; state: string; checksum: string | null }>(
    sql`SELECT id, name, state, checksum FROM ir_module_module`,
  )
  const [parameter] = await connection.rows<{ value: string | null }>(
    sql`SELECT value FROM ir_config_parameter WHERE key = ${MODELS_CHECKSUM}`,
  )
  const addons = rows.map(({ id, name, state, checksum }): [string, KnownAddon] => [
    name,
    { id, isInstalled: state === 'installed', checksum },
  ])
  return { addons: new Map(addons), modelsChecksum: parameter?.value ?? null }
}

/** Remembers which models the database has. */
export async function rememberModels(env: Env, checksum: string): Promise<void> {
  const parameters = env.model('ir.config_parameter')
  const known = await parameters.search([['key', '=', MODELS_CHECKSUM]])
  if (known.length > 0) await known.write({ value: checksum })
  else await parameters.create([{ key: MODELS_CHECKSUM, value: checksum }])
}

/** Remembers that an addon is installed with its files as they are now. */
export async function rememberAddon(
  env: Env,
  manifest: Manifest,
  known: KnownAddon | undefined,
  checksum: string,
): Promise<void> {
  const values = {
    name: manifest.name,
    shortdesc: manifest.title,
    summary: manifest.summary ?? null,
    description: manifest.description ?? null,
    author: manifest.author ?? null,
    license: manifest.license ?? null,
    application: manifest.application ?? false,
    auto_install: Boolean(manifest.autoInstall),
    state: 'installed',
    latest_version: manifest.version,
    installed_version: manifest.version,
    checksum,
  }
  const dependencies = manifest.depends.map(({ name }) => ({ create: { name } }))
  if (!known) await env.model('ir.module.module').create([{ ...values, dependencies_id: dependencies }])
  else await env.model('ir.module.module', [known.id]).write(values)
}
