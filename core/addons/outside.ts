import * as nodeModule from 'node:module'
import { resolve, sep } from 'node:path'
import { allow, resolve as resolveHook } from './outside-hooks.mjs'

/** Folders of addons that imports can be resolved in already. */
const known = new Set<string>()

/**
 * Lets addons in folders outside of the product import `#core` and other addons (`#addons/…`) as those inside do: for
 * them Node looks such names up in a `package.json` of theirs.
 */
export function resolveOutside(paths: readonly string[], root: string): void {
  const outside = paths.map((path) => resolve(path)).filter((path) => !`${path}${sep}`.startsWith(`${root}${sep}`))
  const fresh = outside.filter((path) => !known.has(path))
  if (fresh.length === 0) return
  for (const path of fresh) known.add(path)
  register([...known], root, known.size === fresh.length)
}

/** Newer versions of Node run hooks in the thread that imports, older ones in a thread of their own. */
function register(paths: readonly string[], root: string, isFirst: boolean): void {
  const { registerHooks } = nodeModule as { registerHooks?: (hooks: { resolve: unknown }) => void }
  if (!registerHooks) {
    nodeModule.register('./outside-hooks.mjs', import.meta.url, { data: { paths, root } })
    return
  }
  allow({ paths, root })
  if (isFirst) registerHooks({ resolve: resolveHook })
}
