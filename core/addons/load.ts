import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { catalog } from '../i18n/catalog.ts'
import { Abstract, ModelDef, type AnyModelDef } from '../orm/model.ts'
import { dataFile } from './data-files.ts'
import { DEFAULT_PATHS, discoverAddons, type FoundAddon, importFresh } from './discover.ts'
import { ADDON_INDEX } from './errors.ts'
import { rememberFolder } from './folders.ts'
import { chooseAddons } from './graph.ts'
import { checkHooks, type Hooks } from './hooks.ts'

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
  return loadChosen(chooseAddons(await discoverAddons(paths), names))
}

/** Loads the code of addons that are in order already, and makes their translations known. @throws ADDON_INDEX */
export async function loadChosen(chosen: readonly FoundAddon[]): Promise<LoadedAddon[]> {
  const loaded: LoadedAddon[] = []
  for (const addon of chosen) {
    loaded.push(await loadCode(addon))
    addTranslations(addon)
    rememberFolder(addon.manifest.name, addon.path)
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
  const { models: entries, hooks: exported } = await importFresh(file)
  if (!Array.isArray(entries)) throw new ADDON_INDEX(file, 'it exports no list `models` of model layers.')
  const models = entries.map((entry: unknown, index) => layer(entry, index, file))
  const hooks = checkHooks(exported, file)
  await onceLoaded(file, hooks)
  return { ...addon, models, hooks }
}

/** File of an addon -> its hooks of which `postLoad` has run in this process. */
const ran = new Map<string, Hooks>()

async function onceLoaded(file: string, hooks: Hooks): Promise<void> {
  if (ran.get(file) === hooks) return
  ran.set(file, hooks)
  await hooks.postLoad?.()
}

function layer(entry: unknown, index: number, file: string): AnyModelDef {
  const definition = entry instanceof Abstract ? entry.def : entry
  if (definition instanceof ModelDef) return definition as AnyModelDef
  throw new ADDON_INDEX(file, `entry ${index} of \`models\` is not a model; is it in a circle of imports?`)
}
