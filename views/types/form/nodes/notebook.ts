import { attr, childElements } from '../../../arch/node.ts'
import { common, type DrawNode } from './node.ts'

/** Pages of which one is open. */
export const drawNotebook: DrawNode = (node, drawing, children) => {
  const nodes = childElements(node).filter(({ nodeName }) => nodeName === 'page')
  const drawn = children()
  const pages = nodes.map((page, i) => ({
    ...common(page, drawing),
    label: attr(page, 'string') ?? '',
    tab: `${drawing.prefix}tab_${nodes.indexOf(page)}`,
    body: drawn[i],
  }))
  const open = pages.find((page) => !(page as { hidden?: boolean }).hidden)
  return {
    template: 'types/form/nodes/notebook',
    ...common(node, drawing),
    group: `${drawing.prefix}tabs`,
    pages: pages.map((page) => ({ ...page, open: page === open })),
  }
}

/** What is on one page. */
export const drawPage: DrawNode = (_node, _drawing, children) => ({
  template: 'types/form/nodes/children',
  children: children(),
})
