import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Env } from '../orm/env.ts'
import { readCsvFile } from '../datafiles/csv-file.ts'
import { loadSteps } from '../datafiles/load-steps.ts'
import { XmlIds } from '../datafiles/xml-id.ts'
import { readXmlFile } from '../datafiles/xml-file.ts'
import { PRODUCT_ROOT, type FoundAddon } from './discover.ts'

/** The path of a file that a manifest names: in the addon, or with `#` in front in the product. */
export function dataFile(addon: FoundAddon, file: string): string {
  return file.startsWith('#') ? join(PRODUCT_ROOT, file.slice(1)) : join(addon.path, file)
}

/** Loads data files of an addon in order. */
export async function loadDataFiles(env: Env, addon: FoundAddon, files: readonly string[], mode: 'init' | 'update', noupdate = false): Promise<void> {
  const loading = { env, xmlIds: new XmlIds(env), module: addon.manifest.name, folder: addon.path, mode, named: new Set<string>() }
  for (const file of files) {
    const path = dataFile(addon, file)
    const shown = relative(PRODUCT_ROOT, path)
    const text = readFileSync(path, 'utf8')
    const steps = path.endsWith('.csv') ? readCsvFile(text, shown, noupdate || file.startsWith('#')) : readXmlFile(text, shown, noupdate)
    await loadSteps(loading, steps, shown)
  }
}
