import { children, type Clause, type Node } from './nodes.ts'
import type { Expression } from './parse.ts'

/**
 * The names that an expression needs from its scope, builtins among them: all but those that a comprehension binds.
 * Of `partner.name` it is `partner`.
 */
export function names(expression: Expression): Set<string> {
  const found = new Set<string>()
  collect(expression.root, new Set(), found)
  return found
}

function collect(node: Node, bound: ReadonlySet<string>, found: Set<string>): void {
  if (node.kind === 'name' && !bound.has(node.name)) found.add(node.name)
  if (node.kind !== 'comprehension') {
    for (const child of children(node)) collect(child, bound, found)
    return
  }
  const inner = node.clauses.reduce((outer, clause) => collectClause(clause, outer, found), bound)
  for (const element of node.elements) collect(element, inner, found)
}

/** Collects what a clause needs and gives what is bound after it: its iterable does not see its own targets. */
function collectClause(clause: Clause, bound: ReadonlySet<string>, found: Set<string>): ReadonlySet<string> {
  collect(clause.iterable, bound, found)
  const inner = new Set([...bound, ...clause.targets])
  for (const condition of clause.conditions) collect(condition, inner, found)
  return inner
}
