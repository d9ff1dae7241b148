/** A condition on one field, or on the end of a path through relations. `operand` uses `null` for empty. */
export interface Leaf {
  readonly type: 'leaf'
  readonly path: string
  readonly operator: string
  readonly operand: unknown
}
/** Records whose relation `field` leads to a record that fulfils `tree` (a sub-select). */
export interface Any {
  readonly type: 'any'
  readonly field: string
  readonly tree: Tree
  readonly negated: boolean
  /** The model that a many2one_reference is to lead to; other relations know theirs. */
  readonly comodel?: string
}
export interface And {
  readonly type: 'and'
  readonly of: readonly Tree[]
}
export interface Or {
  readonly type: 'or'
  readonly of: readonly Tree[]
}
export interface Not {
  readonly type: 'not'
  readonly of: Tree
}
export interface Constant {
  readonly type: 'constant'
  readonly value: boolean
}
/** A domain as a tree. Frozen by convention: trees are shared. */
export type Tree = Leaf | Any | And | Or | Not | Constant

export const EVERYTHING: Tree = { type: 'constant', value: true }
export const NOTHING: Tree = { type: 'constant', value: false }

/** All of the trees; constants fold. */
export function allOf(trees: readonly Tree[]): Tree {
  const kept = trees.filter((tree) => tree !== EVERYTHING)
  if (kept.includes(NOTHING)) return NOTHING
  return kept.length === 0 ? EVERYTHING : kept.length === 1 ? (kept[0] as Tree) : { type: 'and', of: kept }
}

/** Any of the trees; constants fold. */
export function anyOf(trees: readonly Tree[]): Tree {
  const kept = trees.filter((tree) => tree !== NOTHING)
  if (kept.includes(EVERYTHING)) return EVERYTHING
  return kept.length === 0 ? NOTHING : kept.length === 1 ? (kept[0] as Tree) : { type: 'or', of: kept }
}
