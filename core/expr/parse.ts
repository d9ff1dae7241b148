import { Lru } from '../tools/lru.ts'
import type { Node } from './nodes.ts'
import { Parser } from './parser.ts'

/** A parsed expression: its source and its frozen tree. */
export interface Expression {
  readonly source: string
  readonly root: Node
}

const CACHED = 2000

/** Longer sources are not kept: they are data that is read once, such as a list in a data file. */
const MAX_CACHED_LENGTH = 5000

const cache = new Lru<string, Expression>(CACHED)

/**
 * Reads an expression of the supported subset of Python. The tree of a source is read once and then shared.
 * Raises EXPR_SYNTAX with line and column, or EXPR_LIMIT when it is nested too deeply.
 *
 *     parse("state in ('draft', 'sent') and not locked")
 */
export function parse(source: string): Expression {
  const known = cache.get(source)
  if (known) return known
  const expression = Object.freeze({ source, root: new Parser(source).parse() })
  if (source.length <= MAX_CACHED_LENGTH) cache.set(source, expression)
  return expression
}
