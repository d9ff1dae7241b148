import type { DrawNode } from './node.ts'

/** The paper that a form is written on. */
export const drawSheet: DrawNode = (_node, _drawing, children) => ({
  template: 'types/form/nodes/sheet',
  children: children(),
})
