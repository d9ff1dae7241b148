import type { ShelfAddon } from '../orm/addon-service.ts'
import type { Env } from '../orm/env.ts'
import type { AddonLayers } from '../orm/setup/layers.ts'
import type { Connection, Row } from '../sql/connection.ts'
import type { Database } from '../sql/database.ts'
import { sql } from '../sql/fragment.ts'
import type { FoundAddon } from './discover.ts'
import { triggers } from './graph.ts'
import type { LoadedAddon } from './load.ts'
import type { Manifest } from './manifest.ts'

/** The parameter that holds the checksum of the models as the database knows them. */
const MODELS_CHECKSUM = 'base.registry_checksum'

/** What a database remembers of an addon. */
export interface KnownAddon {
  readonly id: number
  readonly isInstalled: boolean
  /** Of its files as they were last loaded. */
  readonly checksum: string | null
  /** The version that is installed. */
  readonly version: string | null
  /** The version of its files as they were last looked at. */
  readonly filesVersion: string | null
}

/** What a database remembers of the addons and models that it was last opened with. */
export interface Memory {
  readonly addons: ReadonlyMap<string, KnownAddon>
  readonly modelsChecksum: string | null
}

/** Names of the addons that a database has; none when it is empty. */
export async function installedAddons(db: Database): Promise<string[]> {
  const { addons } = await db.transaction('read', (connection) => readMemory(db, connection))
  return [...addons].flatMap(([name, { isInstalled }]) => (isInstalled ? [name] : [])).toSorted()
}

/** States of an addon whose models and records are in the database, whatever is to become of it. */
const PRESENT: ReadonlySet<string> = new Set(['installed', 'to upgrade', 'to remove'])

interface ModuleRow extends Row {
  readonly id: number
  readonly name: string
  readonly state: string
  readonly checksum: string | null
  readonly latest_version: string | null
  readonly installed_version: string | null
}

const NOTHING: Memory = { addons: new Map(), modelsChecksum: null }

/** Reads what the database remembers; nothing of one that is empty. */
export async function readMemory(db: Database, connection: Connection): Promise<Memory> {
  if ((await connection.rows(db.dialect.tableNamed('ir_module_module'))).length === 0) return NOTHING
  const rows = await connection.rows<ModuleRow>(
    sql`SELECT id, name, state, checksum, latest_version, installed_version FROM ir_module_module`,
  )
  const [parameter] = await connection.rows<{ value: string | null }>(
    sql`SELECT value FROM ir_config_parameter WHERE key = ${MODELS_CHECKSUM}`,
  )
  const addons = rows.map((row): [string, KnownAddon] => [
    row.name,
    {
      id: row.id,
      isInstalled: PRESENT.has(row.state),
      checksum: row.checksum,
      version: row.latest_version,
      filesVersion: row.installed_version,
    },
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

/** Remembers that an addon is installed with its files as they are now; its row must be there. */
export async function rememberAddon(
  env: Env,
  { name, version }: Manifest,
  facts: { readonly checksum: string; readonly demo?: boolean },
): Promise<void> {
  const rows = await env.model('ir.module.module').search([['name', '=', name]])
  await rows.write({ state: 'installed', latest_version: version, installed_version: version, ...facts })
}

/** Whether the database was made with demo data, so that addons bring theirs when they are installed later. */
export async function hasDemo({ connection }: Env): Promise<boolean> {
  const [row] = await connection.rows<{ demo: unknown }>(sql`SELECT demo FROM ir_module_module WHERE name = ${'base'}`)
  return row?.demo === true || row?.demo === 1
}

/** Brings the rows of all addons in the folders to what their manifests say. Gives how many were new and changed. */
export async function recordAddons(env: Env, found: Iterable<FoundAddon>): Promise<void> {
  const modules = env.model('ir.module.module') as unknown as { _sync(addons: readonly ShelfAddon[]): Promise<unknown> }
  await modules._sync([...found].map(shelfAddon))
}

/** What the manifest of an addon tells to `ir.module.module`. */
export function shelfAddon({ manifest }: FoundAddon): ShelfAddon {
  const { name, title, version, summary, description, category, author, license, application } = manifest
  return {
    name,
    title,
    version,
    summary: summary ?? null,
    description: description ?? null,
    category: category ?? null,
    author: author ?? null,
    license: license ?? null,
    application: application ?? false,
    autoInstall: triggers(manifest) ?? null,
    depends: manifest.depends.map((other) => other.name),
  }
}

/** The layers of loaded addons, in order. */
export const layersOf = (addons: readonly LoadedAddon[]): AddonLayers[] =>
  addons.map(({ manifest, models }) => ({ addon: manifest.name, models }))
