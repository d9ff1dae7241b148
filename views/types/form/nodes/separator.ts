import { attr } from '../../../arch/node.ts'
import { common, type DrawNode } from './node.ts'

/** A line across, with a title or without. */
export const drawSeparator: DrawNode = (node, drawing) => ({
  template: 'types/form/nodes/separator',
  ...common(node, drawing),
  title: attr(node, 'string'),
})
