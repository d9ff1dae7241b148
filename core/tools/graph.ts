import { GRAPH_CYCLE } from './errors.ts'

/**
 * Nodes in an order where each comes after those it depends on, and otherwise in the order given.
 * Dependencies that are not among the nodes are left out. A cycle raises GRAPH_CYCLE with its path.
 *
 *     topologicalOrder(['sale', 'base'], (name) => (name === 'sale' ? ['base'] : [])) // ['base', 'sale']
 */
export function topologicalOrder<T>(nodes: Iterable<T>, dependencies: (node: T) => Iterable<T>): T[] {
  const known = new Set(nodes)
  const done = new Set<T>()
  for (const node of known) visit(node, known, done, dependencies)
  return [...done]
}

/** Walks depth-first with a stack of its own, so that a long chain cannot exhaust the call stack. */
function visit<T>(start: T, known: Set<T>, done: Set<T>, dependencies: (node: T) => Iterable<T>): void {
  if (done.has(start)) return
  const path = new Map<T, Iterator<T>>([[start, dependencies(start)[Symbol.iterator]()]])
  const stack = [start]
  while (stack.length > 0) {
    const node = stack[stack.length - 1] as T // the loop condition proves that there is one
    const next = path.get(node)?.next()
    if (!next || next.done) {
      stack.pop()
      path.delete(node)
      done.add(node)
    } else if (path.has(next.value)) {
      const cycle = [...stack.slice(stack.indexOf(next.value)), next.value]
      throw new GRAPH_CYCLE(cycle.map(String))
    } else if (known.has(next.value) && !done.has(next.value)) {
      path.set(next.value, dependencies(next.value)[Symbol.iterator]())
      stack.push(next.value)
    }
  }
}
