// Module hooks that resolve `#core` and `#addons/…` for addons in folders outside of the product. Plain JavaScript:
// older versions of Node load it in a thread that knows no TypeScript.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

let folders = []
let product = ''

/** Says which folders of addons there are, and where the product is. */
export function allow({ paths, root }) {
  folders = paths
  product = root
}

/** What Node calls in the thread of the hooks with what they were registered with. */
export const initialize = allow

export function resolve(specifier, context, nextResolve) {
  const target = specifier.startsWith('#') && isOutside(context.parentURL) ? fileOf(specifier) : undefined
  return target === undefined ? nextResolve(specifier, context) : nextResolve(pathToFileURL(target).href, context)
}

function isOutside(url) {
  if (!url?.startsWith('file:')) return false
  const file = fileURLToPath(url)
  return folders.some((folder) => file.startsWith(`${folder}/`))
}

function fileOf(specifier) {
  if (specifier === '#core') return join(product, 'core/index.ts')
  const [, room, rest] = /^#(core|server|test)\/(.+)$/.exec(specifier) ?? []
  if (room) return join(product, room, rest)
  const [, addon, file] = /^#addons\/([^/]+)\/(.+)$/.exec(specifier) ?? []
  if (!addon) return undefined
  const home = folders.find((folder) => existsSync(join(folder, addon, 'manifest.ts')))
  return join(home ?? join(product, 'addons'), addon, file)
}
