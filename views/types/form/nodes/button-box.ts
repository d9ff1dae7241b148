import { common, type DrawNode } from './node.ts'

/** The row of smart buttons over a sheet. */
export const drawButtonBox: DrawNode = (node, drawing, children) => ({
  template: 'types/form/nodes/button-box',
  ...common(node, drawing),
  children: children(),
})
