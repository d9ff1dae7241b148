// Names such as `#core` belong to the package.json of whoever imports them. An addon in another folder has none, or its
// own: the names that its package does not know are looked up in the project's.
import { fileURLToPath, pathToFileURL } from 'node:url'
import { join, relative } from 'node:path'

const root = fileURLToPath(new URL('../..', import.meta.url))
const inside = pathToFileURL(join(root, 'package.json')).href

export async function resolve(specifier, context, nextResolve) {
  if (!/^#(core|addons|server|test)(\/|$)/.test(specifier) || !isOutside(context.parentURL)) return nextResolve(specifier, context)
  try {
    return await nextResolve(specifier, context)
  } catch {
    return nextResolve(specifier, { ...context, parentURL: inside })
  }
}

function isOutside(url) {
  return url?.startsWith('file:') && relative(root, fileURLToPath(url)).startsWith('..')
}
