import type { ModelInfo } from '../orm/model-info.ts'
import { type Tree, allOf } from './tree.ts'

/** Leaves archived records out, unless the tree itself says something about them. */
export function withActive(tree: Tree, model: ModelInfo, activeTest: boolean): Tree {
  const { activeField } = model
  if (!activeTest || activeField === null || names(tree, activeField)) return tree
  return allOf([tree, { type: 'leaf', path: activeField, operator: '=', operand: true }])
}

/** Whether a condition on the model itself, not on its relations, looks at the field. */
function names(tree: Tree, field: string): boolean {
  switch (tree.type) {
    case 'leaf':
      return tree.path === field
    case 'not':
      return names(tree.of, field)
    case 'and':
    case 'or':
      return tree.of.some((one) => names(one, field))
    default:
      return false
  }
}
