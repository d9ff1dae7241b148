import { common, type DrawNode } from './node.ts'

const HEADINGS: ReadonlySet<string> = new Set([
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'p',
  'span',
  'strong',
  'em',
  'b',
  'i',
  'small',
  'ul',
  'ol',
  'li',
  'section',
  'hr',
  'br',
])

/** An HTML element of the arch: known tags stay what they are, others become blocks. */
export const drawElement: DrawNode = (node, drawing, children) => {
  const tag = HEADINGS.has(node.nodeName) ? node.nodeName : 'div'
  return { template: 'types/form/nodes/element', ...common(node, drawing), tag, children: children() }
}
