import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ComptoirError } from '../errors.ts'
import type { Env } from '../orm/env.ts'
import { importFresh, type FoundAddon } from './discover.ts'
import { MIGRATION_FAILED, MIGRATION_WRONG } from './errors.ts'
import type { Tables } from './tables.ts'
import { compareVersions, isVersion } from './version.ts'

/**
 * What an addon does to the data of earlier versions: `export const migration: Migration = { … }` in
 * `migrations/<version>.ts`, run when a database comes to that version from an earlier one.
 */
export interface Migration {
  /** One line for the plan. */
  readonly describes?: string
  /** Before tables are brought to what the models declare: with SQL on the tables as they are. */
  readonly pre?: (tables: Tables) => Promise<void>
  /** After the addon's data files are loaded again. */
  readonly post?: (env: Env) => Promise<void>
  /** After all addons are at their new versions. */
  readonly end?: (env: Env) => Promise<void>
}

/** When a part of a migration runs. */
export type Stage = 'pre' | 'post' | 'end'

const STAGES: readonly Stage[] = ['pre', 'post', 'end']

/** One migration that is due. */
export interface DueMigration {
  readonly addon: string
  readonly version: string
  /** Absolute path. */
  readonly file: string
  readonly migration: Migration
}

/**
 * The migrations that lead an addon from a version to that of its manifest, the earliest first.
 * @throws MIGRATION_WRONG
 */
export async function dueMigrations(addon: FoundAddon, from: string): Promise<DueMigration[]> {
  const { name, version: to } = addon.manifest
  const folder = join(addon.path, 'migrations')
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.ts')) : []
  const versions = files.map((file) => versionOf(file, folder))
  const due = versions.filter((version) => compareVersions(version, from) > 0 && compareVersions(version, to) <= 0)
  const found: DueMigration[] = []
  for (const version of due.toSorted(compareVersions)) {
    const file = join(folder, `${version}.ts`)
    found.push({ addon: name, version, file, migration: await readMigration(file) })
  }
  return found
}

function versionOf(file: string, folder: string): string {
  const version = file.slice(0, -'.ts'.length)
  if (isVersion(version)) return version
  throw new MIGRATION_WRONG(join(folder, file), 'is not called after a version, such as 1.2.0.ts')
}

async function readMigration(file: string): Promise<Migration> {
  let migration: unknown
  try {
    migration = (await importFresh(file))['migration']
  } catch (error) {
    throw new MIGRATION_WRONG(file, `cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (typeof migration !== 'object' || migration === null) {
    throw new MIGRATION_WRONG(file, 'exports no `migration`: write `export const migration: Migration = { … }`')
  }
  for (const [name, value] of Object.entries(migration)) {
    const fits = name === 'describes' ? typeof value === 'string' : typeof value === 'function'
    const isKnown = name === 'describes' || (STAGES as readonly string[]).includes(name)
    if (!isKnown) throw new MIGRATION_WRONG(file, `has '${name}', which is none of describes, ${STAGES.join(', ')}`)
    if (!fits) throw new MIGRATION_WRONG(file, `has a '${name}' of the wrong kind`)
  }
  return migration
}

/** The parts of a migration, in the order in which they run. */
export function stagesOf({ migration }: DueMigration): readonly Stage[] {
  return STAGES.filter((stage) => migration[stage] !== undefined)
}

/**
 * Runs one part of a migration, if there is one.
 * @throws MIGRATION_FAILED naming file, version and part
 */
export async function runStage<S extends Stage>(
  due: DueMigration,
  stage: S,
  given: Parameters<NonNullable<Migration[S]>>[0],
): Promise<void> {
  const run = due.migration[stage] as ((given: unknown) => Promise<void>) | undefined
  try {
    await run?.(given)
  } catch (error) {
    throw failed(due, stage, error)
  }
}

function failed({ addon, version, file }: DueMigration, stage: Stage, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error)
  const failure = new MIGRATION_FAILED(file, addon, version, stage, reason)
  failure.cause = error
  return failure.with({
    addon,
    version,
    stage,
    file,
    ...(error instanceof ComptoirError ? { reason: error.code } : {}),
  })
}
