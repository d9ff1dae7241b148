import type { DrawNode } from './node.ts'

/** Buttons at the left, the status bar at the right. */
export const drawHeader: DrawNode = (_node, _drawing, children) => {
  const drawn = children()
  const isStatus = (one: { readonly template: string; readonly field?: unknown }): boolean =>
    one.template === 'types/form/nodes/field'
  return {
    template: 'types/form/nodes/header',
    buttons: drawn.filter((one) => !isStatus(one)),
    fields: drawn.filter(isStatus),
  }
}
