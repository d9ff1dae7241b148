// Names such as `#core` belong to the package.json of whoever imports them. An addon in another folder has none, or its
// own: the names that its package does not know are looked up in the project's. Another addon (`#addons/…`) may stand
// beside the one that imports it.
import { fileURLToPath, pathToFileURL } from 'node:url'
import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const root = fileURLToPath(new URL('../..', import.meta.url))
const inside = pathToFileURL(join(root, 'package.json')).href

/** Folders whose modules are never read again while a process runs. */
const lasting = ['core/', 'server/', 'views/', 'node_modules/'].map((folder) => new URL(folder, inside).href)

export async function resolve(specifier, context, nextResolve) {
  const resolved = await found(specifier, context, nextResolve)
  // what is read again reads again what it is made of: the number of the reading goes on to its imports
  const reading = /[?&]reading=(\d+)/.exec(context.parentURL ?? '')
  if (!reading || !resolved.url.startsWith('file:') || lasting.some((folder) => resolved.url.startsWith(folder)))
    return resolved
  return { ...resolved, url: `${resolved.url}?reading=${reading[1]}` }
}

async function found(specifier, context, nextResolve) {
  if (!/^#(core|addons|server|test)(\/|$)/.test(specifier) || !isOutside(context.parentURL))
    return nextResolve(specifier, context)
  const beside = siblingOf(specifier, fileURLToPath(context.parentURL))
  if (beside) return nextResolve(pathToFileURL(beside).href, context)
  try {
    return await nextResolve(specifier, context)
  } catch {
    return nextResolve(specifier, { ...context, parentURL: inside })
  }
}

function isOutside(url) {
  return url?.startsWith('file:') && relative(root, fileURLToPath(url)).startsWith('..')
}

/** The file of another addon in the folder of addons that the importing file is in, if it is there. */
function siblingOf(specifier, importer) {
  const [, addon, file] = /^#addons\/([^/]+)\/(.+)$/.exec(specifier) ?? []
  if (!addon) return undefined
  for (let folder = dirname(importer); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, addon, 'manifest.ts'))) return join(folder, addon, file)
  }
  return undefined
}
