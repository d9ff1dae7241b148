import { ComptoirError } from '../errors.ts'
import { removeExternalIds } from '../orm/transfer/external-ids.ts'
import { undoneOnError } from '../orm/attempt.ts'
import { settle } from '../orm/compute/flush.ts'
import type { Env } from '../orm/env.ts'
import type { Registry } from '../orm/registry.ts'
import type { AddonLayers } from '../orm/setup/layers.ts'
import type { Restructuring, Runtime } from '../runtime.ts'
import { SCHEMA_ROWS_VIOLATE, SCHEMA_STEP_EXCLUSIVE } from '../schema/errors.ts'
import { desiredSchema, type Dropped, introspect, planSchema, type Session, takeSteps } from '../schema/index.ts'
import type { Database } from '../sql/database.ts'
import { ident, sql } from '../sql/fragment.ts'
import { groupBy } from '../tools/iter.ts'
import { registryChecksum } from './checksum.ts'
import { ADDON_NEEDED, ADDON_NOT_INSTALLED, ADDONS_CHANGED } from './errors.ts'
import { withDependents } from './graph.ts'
import { layersOf, type Memory, readMemory, rememberModels } from './installed.ts'
import type { LoadedAddon } from './load.ts'
import { droppedOf, type GoneParts, goneParts, type GoneRecord, goneRecords } from './losses.ts'

/** The addon that all others build on. */
const ROOT = 'base'

/** Addons that go, those first that need others, and those that stay. */
export interface Parting {
  readonly going: readonly LoadedAddon[]
  readonly staying: readonly LoadedAddon[]
}

/**
 * Which of the installed addons go with the named ones: those that need them.
 * @throws ADDON_NEEDED, ADDON_NOT_INSTALLED
 */
export function partingOf(installed: readonly LoadedAddon[], names: readonly string[]): Parting {
  const byName = new Map(installed.map((addon) => [addon.manifest.name, addon]))
  const missing = names.filter((name) => !byName.has(name))
  if (missing.length > 0) throw new ADDON_NOT_INSTALLED(missing).with({ addons: missing })
  if (names.includes(ROOT)) throw new ADDON_NEEDED(ROOT)
  const going = withDependents(installed, names).map(({ manifest }) => byName.get(manifest.name) as LoadedAddon)
  return { going, staying: installed.filter((addon) => !going.includes(addon)) }
}

/**
 * Uninstalls addons: their hooks, then the records that their files brought, what is recorded of their models and
 * fields, their tables and columns. One transaction; after an error nothing of it is left. Only what is theirs is
 * dropped. Whatever others still use (a record that a required field refers to) stays without its external id.
 * @throws ADDONS_CHANGED, and what hooks refuse
 */
export async function uninstallAddons(runtime: Runtime, { going, staying }: Parting): Promise<void> {
  const run = (exclusive: boolean): Promise<void> =>
    runtime.restructure({ exclusive, shut: true }, (change) => uninstall(runtime, { going, staying }, change))
  await run(false).catch((error: unknown) => {
    // on SQLite some tables can be changed only with foreign keys switched off
    if (!(error instanceof SCHEMA_STEP_EXCLUSIVE || error instanceof SCHEMA_ROWS_VIOLATE)) throw error
    return run(true)
  })
}

async function uninstall(
  runtime: Runtime,
  { going, staying }: Parting,
  change: Restructuring,
): Promise<{ layers: AddonLayers[]; env: Env }> {
  const { db } = runtime
  const layers = layersOf(staying)
  refuseOthers(await readMemory(db, change.session.connection), [...going, ...staying])
  const before = await change.registry(layersOf([...staying, ...going.toReversed()]))
  const code = runtime.registryOf(layers)
  const parts = goneParts(before, code)
  const env = (await change.env(before)).with({ onlyContext: { lang: 'en_US', active_test: false } })
  for (const { hooks } of going) await hooks.uninstall?.(env)
  await removeAll(
    env,
    going.map(({ manifest }) => manifest.name),
    parts,
    code,
  )
  await settle(env)
  const after = await change.registry(layers)
  await drop(db, change.session, after, droppedOf(parts, before, code))
  return { layers, env: await change.env(after) }
}

/** @throws ADDONS_CHANGED when what is installed is not what the change was prepared for */
function refuseOthers({ addons }: Memory, expected: readonly LoadedAddon[]): void {
  const installed = new Set([...addons].flatMap(([name, { isInstalled }]) => (isInstalled ? [name] : [])))
  const isSame = installed.size === expected.length && expected.every(({ manifest }) => installed.has(manifest.name))
  if (!isSame) throw new ADDONS_CHANGED()
}

async function removeAll(env: Env, modules: readonly string[], parts: GoneParts, after: Registry): Promise<void> {
  await replaceValues(env, parts)
  for (const records of groupBy(await goneRecords(env, modules, after), ({ model }) => model).values()) {
    await removeRecords(env, records)
  }
  await removeHanging(env, parts, after)
  await forgetModels(env, parts, after)
  await env.connection.run(sql`DELETE FROM ir_model_data WHERE ${env.dialect.anyOf(sql`module`, modules)}`)
  const rows = env.model('ir.module.module')
  const gone = await rows.search([['name', 'in', modules]])
  await gone.write({ state: 'uninstalled', latest_version: null, checksum: null, demo: false })
  await rememberModels(env, registryChecksum(after))
}

/** Deletes records that have no use any more; together if possible, else one by one, and those that are in use stay. */
async function removeRecords(env: Env, records: readonly GoneRecord[]): Promise<void> {
  if (await isRemoved(env, records)) return
  for (const record of records) await isRemoved(env, [record])
}

async function isRemoved(env: Env, records: readonly GoneRecord[]): Promise<boolean> {
  const [first] = records
  if (!first) return true
  try {
    await undoneOnError(env, async () => {
      const set = await env.model(first.model, [...new Set(records.map(({ id }) => id))]).exists()
      await removeExternalIds(
        env,
        records.map(({ xmlid }) => xmlid),
      )
      if (set.length > 0) await set.unlink()
    })
    return true
  } catch (error) {
    if (!(error instanceof ComptoirError)) throw error
    return false
  }
}

/** Choices that go give way to the default of their field, or to nothing. */
async function replaceValues(env: Env, { values }: GoneParts): Promise<void> {
  for (const { field, value } of values) {
    const records = await env.model(field.model).search([[field.name, '=', value]])
    const otherwise = typeof field.default === 'string' && field.default !== value ? field.default : null
    if (records.length > 0) await records.write({ [field.name]: otherwise })
  }
}

/** What hangs on records of models that go, in models that stay: messages, activities. */
async function removeHanging(env: Env, { models }: GoneParts, after: Registry): Promise<void> {
  const names = models.map(({ name }) => name)
  if (names.length === 0) return
  for (const model of after.models()) {
    for (const { type, options, column } of model.fields.values()) {
      if (type !== 'many2one_reference' || column === null || options.ondelete !== 'cascade') continue
      await (await env.model(model.name).search([[options.modelField, 'in', names]])).unlink()
    }
  }
}

/** Forgets what is recorded of models and fields, those that people made and that cannot stay included. */
async function forgetModels(env: Env, { models, fields }: GoneParts, after: Registry): Promise<void> {
  const manual = fields.filter((field) => field.manual)
  for (const [model, own] of groupBy(manual, (field) => field.model)) {
    await (
      await env.model('ir.model.fields').search([
        ['model', '=', model],
        ['name', 'in', own.map(({ name }) => name)],
      ])
    ).unlink()
  }
  const records = env.model('ir.model') as unknown as {
    _forget(names: readonly string[]): Promise<void>
    _reflect(models: readonly object[]): Promise<void>
  }
  await records._forget(models.map(({ name }) => name))
  await records._reflect([...after.models()])
}

/** Drops the tables and columns, and brings the others to what the models that stay declare. */
async function drop(db: Database, session: Session, after: Registry, dropped: Dropped): Promise<void> {
  const actual = await introspect(db, session.connection)
  // a row that goes with its table must not be in the way of another one
  for (const { name, columns } of actual.tables.values()) {
    if (!dropped.tables.has(name)) continue
    for (const { name: column, notNull, references } of columns.values()) {
      if (!references || notNull || !dropped.tables.has(references.table)) continue
      await session.connection.run(sql`UPDATE ${ident(name)} SET ${ident(column)} = NULL`)
    }
  }
  await takeSteps(db, session, planSchema(desiredSchema(after, db.dialect), actual, { drop: dropped }))
}
