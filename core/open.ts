import { installAddons } from './addons/install.ts'
import { installedAddons } from './addons/installed.ts'
import { DEFAULT_PATHS, refuseLostAddons } from './addons/discover.ts'
import { loadAddons, type LoadedAddon } from './addons/load.ts'
import type { AddonLayers } from './orm/setup/layers.ts'
import { Runtime } from './runtime.ts'
import { desiredSchema, introspect, planSchema, updateSchema, type Plan } from './schema/index.ts'
import { openDatabase } from './sql/open.ts'

export interface OpenRuntimeOptions {
  /** `sqlite:PATH` or `postgres://…`. */
  readonly url: string
  /** Addons to have; by default those installed, of a new database all. */
  readonly addons?: readonly string[]
  /** Folders that hold addons beside the product's own. */
  readonly addonsPaths?: readonly string[]
  /** Whether an addon that is installed now brings its demo data. */
  readonly demo?: boolean
  /** Connections at most. */
  readonly pool?: number
}

const layersOf = (addons: readonly LoadedAddon[]): AddonLayers[] => addons.map(({ manifest, models }) => ({ addon: manifest.name, models }))

/**
 * Opens a database and brings it up to date: tables, the records of the addons' data files, models that people
 * declared. A new SQLite file is created.
 * @throws DATABASE_URL, ADDON_…, REGISTRY_WRONG, SCHEMA_…, DATA_…
 */
export async function openRuntime(options: OpenRuntimeOptions): Promise<Runtime> {
  const { runtime, addons } = await prepare(options)
  try {
    await updateSchema(runtime.db, desiredSchema(runtime.registry, runtime.db.dialect))
    await installAddons(runtime, addons, { demo: options.demo ?? false })
    await runtime.reload()
    return runtime
  } catch (error) {
    await runtime.close()
    throw error
  }
}

/** Opens a database as it is, to look at it while a server may serve it: nothing is installed or brought up to date. */
export async function openServed(options: OpenRuntimeOptions): Promise<Runtime> {
  const { runtime } = await prepare(options)
  try {
    await runtime.reload()
    return runtime
  } catch (error) {
    await runtime.close()
    throw error
  }
}

/** Whether nothing is installed in the database yet. A SQLite file that is missing is created. */
export async function isNewDatabase(url: string): Promise<boolean> {
  const db = await openDatabase(url, { pool: 1 })
  try {
    return (await installedAddons(db)).length === 0
  } finally {
    await db.close()
  }
}

/** What opening the database would change in its tables; nothing is changed. */
export async function planUpgrade(options: OpenRuntimeOptions): Promise<Plan> {
  const { runtime } = await prepare(options)
  try {
    return planSchema(desiredSchema(runtime.registry, runtime.db.dialect), await introspect(runtime.db))
  } finally {
    await runtime.close()
  }
}

async function prepare(options: OpenRuntimeOptions): Promise<{ runtime: Runtime; addons: LoadedAddon[] }> {
  const db = await openDatabase(options.url, options.pool === undefined ? {} : { pool: options.pool })
  try {
    const installed = await installedAddons(db)
    const paths = [...DEFAULT_PATHS, ...(options.addonsPaths ?? [])]
    await refuseLostAddons(installed, paths)
    const names = options.addons ? [...new Set(['base', ...installed, ...options.addons])] : installed.length > 0 ? installed : 'all'
    const addons = await loadAddons(paths, names)
    return { runtime: Runtime.serve(db, layersOf(addons)), addons }
  } catch (error) {
    await db.close()
    throw error
  }
}
