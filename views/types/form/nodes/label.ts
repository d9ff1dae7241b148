import { attr } from '../../../arch/node.ts'
import { common, type DrawNode } from './node.ts'

/** A label of its own, with its text or that of the field it is for. */
export const drawLabel: DrawNode = (node, drawing) => {
  const field = attr(node, 'for') ?? ''
  const text = attr(node, 'string') ?? drawing.fields[field]?.string ?? ''
  return { template: 'types/form/nodes/label', ...common(node, drawing), field, domId: drawing.prefix + field, text }
}
