import { attr } from '../../../arch/node.ts'
import { common, type DrawNode } from './node.ts'

/** `<widget name="web_ribbon" title="Archived"/>`: a band over the corner of the sheet. Other widgets of views are left out. */
export const drawWidget: DrawNode = (node, drawing) => {
  if (attr(node, 'name') !== 'web_ribbon') return undefined
  return {
    template: 'types/form/nodes/ribbon',
    ...common(node, drawing),
    title: attr(node, 'title') ?? attr(node, 'text') ?? '',
    color: attr(node, 'bg_color') ?? 'text-bg-success',
  }
}
