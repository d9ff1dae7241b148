import { readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { readCsvFile } from '../datafiles/csv-file.ts'
import { loadSteps } from '../datafiles/load-steps.ts'
import type { Loading } from '../datafiles/loading.ts'
import { readXmlFile } from '../datafiles/xml-file.ts'
import { XmlIds } from '../datafiles/xml-id.ts'
import type { Env } from '../orm/env.ts'
import { PRODUCT_ROOT, type FoundAddon } from './discover.ts'
import { ADDON_FILE } from './errors.ts'

/** Which of an addon's files are loaded, and how. */
export interface DataFilesOptions {
  readonly files: readonly string[]
  /** `init` when the addon is being installed, `update` when its files are read again. */
  readonly mode: 'init' | 'update'
  /** Whether updates leave the records alone where a file says nothing. */
  readonly noupdate?: boolean
}

/** The path of a file that a manifest names: in the addon, or with `#` in front in the product. */
export function dataFile(addon: FoundAddon, file: string): string {
  return file.startsWith('#') ? join(PRODUCT_ROOT, file.slice(1)) : join(addon.path, file)
}

/** The text of a file that a manifest names. @throws ADDON_FILE */
export function readDataFile(addon: FoundAddon, file: string): string {
  const path = dataFile(addon, file)
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new ADDON_FILE(addon.manifest.name, file, path)
  return readFileSync(path, 'utf8')
}

/**
 * Loads data files of an addon in order and answers the external ids that they name. Reference data of the product
 * (`#data/…`) belongs to the people who use it: updates leave it alone.
 * @throws ADDON_FILE, DATA_…
 */
export async function loadDataFiles(
  env: Env,
  addon: FoundAddon,
  options: DataFilesOptions,
): Promise<ReadonlySet<string>> {
  const { files, mode, noupdate = false } = options
  const { name: module } = addon.manifest
  const loading: Loading = { env, xmlIds: new XmlIds(env), module, folder: addon.path, mode, named: new Set() }
  for (const file of files) {
    const text = readDataFile(addon, file)
    const shown = relative(PRODUCT_ROOT, dataFile(addon, file))
    const read = file.endsWith('.csv') ? readCsvFile : readXmlFile
    await loadSteps(loading, read(text, shown, noupdate || file.startsWith('#')), shown)
  }
  return loading.named
}
