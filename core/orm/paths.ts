import { Lru } from '../tools/lru.ts'

/** Dotted paths as a tree: `a.b`, `a.c`, `d` is `{ a: { b, c }, d }`. */
export interface PathTree extends ReadonlyMap<string, PathTree> {}
type Growing = Map<string, Growing>

const trees = new Lru<string, PathTree>(2000)

export function pathTree(paths: readonly string[]): PathTree {
  const key = paths.join(' ')
  const known = trees.get(key)
  if (known) return known
  const root: Growing = new Map()
  for (const path of paths) {
    let node = root
    for (const segment of path.split('.')) {
      let next = node.get(segment)
      if (!next) node.set(segment, (next = new Map()))
      node = next
    }
  }
  trees.set(key, root)
  return root
}
