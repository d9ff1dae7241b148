import type { ModelInfo } from '../orm/model-info.ts'
import type { Tree } from './tree.ts'

/**
 * The operand of a resolved `child_of` or `parent_of`: the records where the walk starts, and the many2one that it
 * follows; without one the walk ends where it starts. A class, so that no client can send one.
 */
export class Hierarchy {
  readonly roots: Tree
  readonly parent: string | null

  constructor(roots: Tree, parent: string | null) {
    this.roots = roots
    this.parent = parent
  }
}

/** Whether the operator walks a hierarchy. */
export function isHierarchic(operator: string): boolean {
  return operator === 'child_of' || operator === 'parent_of'
}

/** The many2one with a column that makes a tree of a model. */
export function parentOf(model: ModelInfo): string | null {
  return (model.fields.get(model.parentName)?.column ?? null) === null ? null : model.parentName
}
