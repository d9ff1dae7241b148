import { setImmediate as turnOfOthers } from 'node:timers/promises'
import type { Env } from '../orm/env.ts'
import type { Registry } from '../orm/registry.ts'
import type { AddonLayers } from '../orm/setup/layers.ts'
import type { Restructuring, Runtime } from '../runtime.ts'
import { desiredSchema, introspect, planSchema, type Schema, type Session, takeSteps } from '../schema/index.ts'
import { SCHEMA_STEP_EXCLUSIVE } from '../schema/errors.ts'
import type { Database } from '../sql/database.ts'
import { bootstrap } from './bootstrap.ts'
import type { FoundAddon } from './discover.ts'
import { hasDemo, layersOf, readMemory, recordAddons, rememberAddon, rememberModels } from './installed.ts'
import { loadFiles, reloadFiles, reflectModels } from './install.ts'
import { runStage } from './migrations.ts'
import type { LoadedAddon } from './load.ts'
import { recordRenames } from './renamed-records.ts'
import { tablesOf } from './tables.ts'
import { type AddonPlan, checksumsOf, type Checksums, planAddons } from './addon-plan.ts'

/** What a database is to be brought to. */
export interface Target {
  /** The addons that it is to have, each after those it depends on. */
  readonly addons: readonly LoadedAddon[]
  /** All addons in the folders. */
  readonly found: ReadonlyMap<string, FoundAddon>
  /** Addons whose files are read again even if they did not change. */
  readonly force?: ReadonlySet<string>
  /** Whether addons that are new to the database bring their demo data; by default as the database was made. */
  readonly demo?: boolean
}

/**
 * Brings a database to what the addons say: migrations, tables, records of models and fields, data files of addons
 * that are new or changed with their translations and demo data, hooks. One transaction: after an error nothing of it
 * is left. A database that is up to date is only looked at.
 * @throws MIGRATION_…, SCHEMA_…, ADDON_FILE, DATA_…, REGISTRY_WRONG, and what hooks and models refuse
 */
export async function updateDatabase(runtime: Runtime, target: Target): Promise<void> {
  const { db } = runtime
  const registry = runtime.registryOf(layersOf(target.addons))
  const desired = desiredSchema(registry, db.dialect)
  const checksums = checksumsOf(target.addons, registry)
  const { work, steps } = await db.transaction('read', async (connection) => ({
    work: await planAddons(target, await readMemory(db, connection), checksums),
    steps: planSchema(desired, await introspect(db, connection)).steps,
  }))
  if (work.isCurrent && steps.length === 0) return
  const shut = work.migrations.length > 0
  const run = (exclusive: boolean): Promise<void> =>
    runtime.restructure({ exclusive, shut }, (change) => update(db, target, { desired, checksums }, change))
  const exclusive = work.changesTablesItself || steps.some(({ verify }) => verify.length > 0)
  await run(exclusive).catch((error: unknown) => {
    // another process changed the tables in between, so that they need more than they seemed to
    if (exclusive || !(error instanceof SCHEMA_STEP_EXCLUSIVE)) throw error
    return run(true)
  })
}

async function update(
  db: Database,
  target: Target,
  { desired, checksums }: { readonly desired: Schema; readonly checksums: Checksums },
  change: Restructuring,
): Promise<{ layers: AddonLayers[]; env: Env }> {
  const { session } = change
  const layers = layersOf(target.addons)
  // processes that start together on one database update it one after the other, and the later ones find it done
  const memory = await readMemory(db, session.connection)
  const plan = await planAddons(target, memory, checksums)
  await beforeTables(db, target, plan, session)
  await takeSteps(db, session, planSchema(desired, await introspect(db, session.connection)))
  const registry = await change.registry(layers)
  const env = (await change.env(registry)).with({ onlyContext: INSTALLING })
  if (memory.addons.size === 0) await bootstrap(env)
  if (plan.models) await recordModels(env, registry, checksums)
  await recordAddons(env, target.found.values())
  await bringData(env, target, plan, checksums)
  for (const due of plan.migrations) await runStage(due, 'end', env)
  return { layers, env }
}

/** Who loads data files: the system, in English, with archived records in sight. */
const INSTALLING = { lang: 'en_US', active_test: false, install_mode: true } as const

async function beforeTables(db: Database, { addons }: Target, plan: AddonPlan, session: Session): Promise<void> {
  const tables = tablesOf(db, session)
  for (const { manifest, hooks } of addons) {
    if (plan.install.has(manifest.name)) await hooks.preInit?.(tables)
    for (const due of plan.migrations) if (due.addon === manifest.name) await runStage(due, 'pre', tables)
  }
  if (plan.changesTablesItself) await session.enforceKeys()
}

async function recordModels(env: Env, registry: Registry, { models }: Checksums): Promise<void> {
  await recordRenames(env, registry)
  await reflectModels(env)
  await rememberModels(env, models)
}

async function bringData(
  env: Env,
  { addons, found, demo }: Target,
  plan: AddonPlan,
  { files }: Checksums,
): Promise<void> {
  const withDemo = demo ?? (await hasDemo(env))
  for (const addon of addons) {
    const { name } = addon.manifest
    if (!plan.install.has(name) && !plan.upgrade.has(name)) continue
    // statements of SQLite never wait, so that others would not be served until all is done
    await turnOfOthers()
    const isNew = plan.install.has(name)
    await (isNew ? loadFiles(env, addon, withDemo) : reloadFiles(env, addon))
    for (const due of plan.migrations) if (due.addon === name) await runStage(due, 'post', env)
    // the categories that modules are sorted into come with its files
    if (isNew && name === 'base') await recordAddons(env, found.values())
    await rememberAddon(env, addon.manifest, { checksum: files.get(name) ?? '', ...(isNew ? { demo: withDemo } : {}) })
  }
}
