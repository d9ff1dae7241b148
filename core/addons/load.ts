import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { catalog } from '../i18n/catalog.ts'
import type { Env } from '../orm/env.ts'
import { Abstract, ModelDef, type AnyModelDef } from '../orm/model.ts'
import { dataFile } from './data-files.ts'
import { DEFAULT_PATHS, discoverAddons, type FoundAddon } from './discover.ts'
import { ADDON_INDEX } from './errors.ts'
import { chooseAddons } from './graph.ts'

/** What an addon does beside its data files: `export const hooks: Hooks = { … }` in its `index.ts`. */
export interface Hooks {
  /** Runs once, after the addon's data files are loaded for the first time. */
  readonly postInit?: (env: Env) => Promise<void>
}

/** An addon with its code. */
export interface LoadedAddon extends FoundAddon {
  /** The layers of models that it declares, in order. */
  readonly models: readonly AnyModelDef[]
  readonly hooks: Hooks
}

/**
 * Loads the code of the named addons with all they depend on, in dependency order, and makes their translations known;
 * `'all'` stands for every addon of the folders.
 * @throws ADDON_MANIFEST, ADDON_UNKNOWN, ADDON_CYCLE, ADDON_INDEX
 */
export async function loadAddons(
  paths: readonly string[] = DEFAULT_PATHS,
  names: readonly string[] | 'all' = 'all',
): Promise<LoadedAddon[]> {
  const chosen = chooseAddons(await discoverAddons(paths), names)
  const loaded: LoadedAddon[] = []
  for (const addon of chosen) {
    loaded.push(await loadCode(addon))
    addTranslations(addon)
  }
  return loaded
}

function addTranslations(addon: FoundAddon): void {
  const { name, translations = [] } = addon.manifest
  const tables = translations.map((file) => dataFile(addon, file))
  catalog.add({ name, folder: join(addon.path, 'i18n'), tables })
}

async function loadCode(addon: FoundAddon): Promise<LoadedAddon> {
  const file = join(addon.path, 'index.ts')
  if (!existsSync(file)) return { ...addon, models: [], hooks: {} }
  const module = (await import(pathToFileURL(file).href)) as { models?: unknown; hooks?: Hooks }
  if (!Array.isArray(module.models)) throw new ADDON_INDEX(file, 'it exports no list `models` of model layers.')
  const models = module.models.map((entry: unknown, index) => layer(entry, index, file))
  return { ...addon, models, hooks: module.hooks ?? {} }
}

function layer(entry: unknown, index: number, file: string): AnyModelDef {
  const definition = entry instanceof Abstract ? entry.def : entry
  if (definition instanceof ModelDef) return definition as AnyModelDef
  throw new ADDON_INDEX(file, `entry ${index} of \`models\` is not a model; is it in a circle of imports?`)
}
