import { existsSync, statSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { GRAPH_CYCLE } from '../tools/errors.ts'
import { topologicalOrder } from '../tools/graph.ts'
import { ADDON_CYCLE, ADDON_LOST, ADDON_MANIFEST, ADDON_TWICE } from './errors.ts'
import { checkManifest, type Manifest } from './manifest.ts'

/** An addon that is there, whether installed or not. */
export interface FoundAddon {
  readonly manifest: Manifest
  /** Absolute path of its folder. */
  readonly path: string
}

/** The folder that the product is in: the parent of `core/`. */
export const PRODUCT_ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** Where addons are looked for unless told otherwise. */
export const DEFAULT_PATHS: readonly string[] = [join(PRODUCT_ROOT, 'addons')]

/**
 * All addons in the given folders, by name: each subfolder with a `manifest.ts` is one.
 * @throws ADDON_MANIFEST, ADDON_TWICE, ADDON_CYCLE
 */
export async function discoverAddons(paths: readonly string[] = DEFAULT_PATHS): Promise<Map<string, FoundAddon>> {
  const folders = (await Promise.all(paths.map(addonFolders))).flat()
  const found = new Map<string, FoundAddon>()
  for (const path of folders) {
    const manifest = await readManifest(path, folders)
    const twin = found.get(manifest.name)
    if (twin) throw new ADDON_TWICE(manifest.name, twin.path, path)
    found.set(manifest.name, { manifest, path })
  }
  return found
}

/**
 * Holds what a database has installed against the folders, before anything of it is touched.
 * @throws ADDON_LOST naming all that are missing, ADDON_MANIFEST, ADDON_TWICE, ADDON_CYCLE
 */
export async function refuseLostAddons(installed: readonly string[], paths: readonly string[]): Promise<void> {
  const found = await discoverAddons(paths)
  const lost = installed.filter((name) => !found.has(name))
  if (lost.length > 0) throw new ADDON_LOST(lost, paths).with({ addons: lost })
}

async function addonFolders(path: string): Promise<string[]> {
  if (!existsSync(path)) return []
  const entries = await readdir(path, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(join(path, entry.name, 'manifest.ts')))
    .map((entry) => resolve(path, entry.name))
    .toSorted()
}

/** File -> when it was changed last before it was first imported. */
const imported = new Map<string, number>()
let reading = 0

/** Has files of addons, and all that they import from addons, read again by the next load: while one develops them. */
export function importAnew(): void {
  reading += 1
}

/** Imports a file of an addon; one that changed since the process imported it first is read again. */
export async function importFresh(file: string): Promise<Record<string, unknown>> {
  const changed = statSync(file).mtimeMs
  const first = imported.get(file)
  if (first === undefined) imported.set(file, changed)
  const url = pathToFileURL(file).href
  const query =
    reading > 0 ? `?reading=${reading}` : first === undefined || first === changed ? '' : `?changed=${changed}`
  return (await import(url + query)) as Record<string, unknown>
}

async function readManifest(path: string, folders: readonly string[]): Promise<Manifest> {
  const file = join(path, 'manifest.ts')
  try {
    const { manifest } = await importFresh(file)
    return checkManifest(manifest, file, basename(path))
  } catch (error) {
    // Manifests that import each other cannot be evaluated, so the circle is read from their texts.
    await refuseCycle(folders)
    if (error instanceof ADDON_MANIFEST) throw error
    throw new ADDON_MANIFEST(file, '', `cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** @throws ADDON_CYCLE when manifests of the folders import each other in a circle */
async function refuseCycle(folders: readonly string[]): Promise<void> {
  const imports = new Map<string, string[]>()
  for (const folder of folders) {
    const text = await readFile(join(folder, 'manifest.ts'), 'utf8')
    const names = [...text.matchAll(/from\s+['"][^'"]*?([^/'"]+)\/manifest\.ts['"]/g)].map((match) => match[1] ?? '')
    imports.set(basename(folder), names)
  }
  try {
    topologicalOrder(imports.keys(), (name) => imports.get(name) ?? [])
  } catch (error) {
    throw error instanceof GRAPH_CYCLE ? new ADDON_CYCLE(error.message) : error
  }
}
