import { attr, childElements, type XmlElement } from '../../../arch/node.ts'
import { common, type DrawNode } from './node.ts'

const holdsGroups = (node: XmlElement): boolean => childElements(node).some((child) => child.nodeName === 'group')

/** A group of groups is a row of columns; any other is a column of labels and fields. */
export const drawGroup: DrawNode = (node, drawing, children) => ({
  template: 'types/form/nodes/group',
  ...common(node, drawing),
  title: attr(node, 'string'),
  outer: holdsGroups(node),
  children: children(),
})
