import type { Registry } from '../orm/registry.ts'
import { addonChecksum, registryChecksum } from './checksum.ts'
import type { FoundAddon } from './discover.ts'
import type { Memory } from './installed.ts'
import type { LoadedAddon } from './load.ts'
import { dueMigrations, type DueMigration } from './migrations.ts'

/** What tells whether a database has what the files say. */
export interface Checksums {
  /** Addon -> of its files. */
  readonly files: ReadonlyMap<string, string>
  readonly models: string
}

/** What is to be done with the addons of a database. */
export interface AddonPlan {
  readonly install: ReadonlySet<string>
  readonly upgrade: ReadonlySet<string>
  /** In the order in which they run. */
  readonly migrations: readonly DueMigration[]
  /** Whether what is recorded of models and fields is not right any more. */
  readonly models: boolean
  /** Whether hooks or migrations work on the tables before they are brought to the models. */
  readonly changesTablesItself: boolean
  /** Whether nothing of all that is to be done. */
  readonly isCurrent: boolean
}

interface Wanted {
  readonly addons: readonly LoadedAddon[]
  readonly found: ReadonlyMap<string, FoundAddon>
  readonly force?: ReadonlySet<string>
}

/** @throws ADDON_FILE */
export function checksumsOf(addons: readonly LoadedAddon[], registry: Registry): Checksums {
  return {
    files: new Map(addons.map((addon) => [addon.manifest.name, addonChecksum(addon)])),
    models: registryChecksum(registry),
  }
}

/** Holds what a database remembers against the addons that it is to have. @throws MIGRATION_WRONG */
export async function planAddons(
  { addons, found, force }: Wanted,
  memory: Memory,
  checksums: Checksums,
): Promise<AddonPlan> {
  const install = new Set<string>()
  const upgrade = new Set<string>()
  const migrations: DueMigration[] = []
  for (const addon of addons) {
    const { name } = addon.manifest
    const known = memory.addons.get(name)
    if (!known?.isInstalled) install.add(name)
    else if (force?.has(name) || known.checksum !== checksums.files.get(name)) {
      upgrade.add(name)
      migrations.push(...(await dueMigrations(addon, known.version ?? '')))
    }
  }
  const models = memory.modelsChecksum !== checksums.models
  const hooks = addons.some(({ manifest, hooks }) => install.has(manifest.name) && hooks.preInit !== undefined)
  const isListed = [...found.values()].every(
    ({ manifest }) => memory.addons.get(manifest.name)?.filesVersion === manifest.version,
  )
  return {
    install,
    upgrade,
    migrations,
    models,
    changesTablesItself: hooks || migrations.some(({ migration }) => migration.pre !== undefined),
    isCurrent: install.size + upgrade.size === 0 && !models && isListed,
  }
}
