import { installedAddons, layersOf, readMemory } from './addons/installed.ts'
import { DEFAULT_PATHS, discoverAddons, type FoundAddon, refuseLostAddons } from './addons/discover.ts'
import { chooseAddons, declinedAddons } from './addons/graph.ts'
import { type LoadedAddon, loadChosen } from './addons/load.ts'
import { InstalledAddons } from './addons/service.ts'
import { updateDatabase } from './addons/update.ts'
import { Runtime } from './runtime.ts'
import { desiredSchema, introspect, planSchema, type Plan } from './schema/index.ts'
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

/**
 * Opens a database and brings it up to date: tables, the records of the addons' data files, models that people
 * declared. A new SQLite file is created.
 * @throws DATABASE_URL, ADDON_…, MIGRATION_…, REGISTRY_WRONG, SCHEMA_…, DATA_…
 */
export async function openRuntime(options: OpenRuntimeOptions): Promise<Runtime> {
  const { runtime, addons, found } = await prepare(options)
  try {
    await runtime.watch()
    await updateDatabase(runtime, { addons, found, demo: options.demo ?? false })
    await runtime.reload(layersOf(addons))
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
    await runtime.watch()
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

interface Prepared {
  readonly runtime: Runtime
  readonly addons: readonly LoadedAddon[]
  readonly found: ReadonlyMap<string, FoundAddon>
}

async function prepare(options: OpenRuntimeOptions): Promise<Prepared> {
  const db = await openDatabase(options.url, options.pool === undefined ? {} : { pool: options.pool })
  try {
    const { addons: known } = await db.transaction('read', (connection) => readMemory(db, connection))
    const installed = [...known].flatMap(([name, { isInstalled }]) => (isInstalled ? [name] : []))
    const paths = [...DEFAULT_PATHS, ...(options.addonsPaths ?? [])]
    await refuseLostAddons(installed, paths)
    const found = await discoverAddons(paths)
    const asked = options.addons ? ['base', ...installed, ...options.addons] : installed
    const chosen = chooseAddons(found, asked.length > 0 ? [...new Set(asked)] : 'all', declinedAddons(found, known))
    const addons = await loadChosen(chosen)
    return {
      runtime: Runtime.serve(db, layersOf(addons), (runtime) => new InstalledAddons(runtime, paths)),
      addons,
      found,
    }
  } catch (error) {
    await db.close()
    throw error
  }
}
