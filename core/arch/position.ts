import { childElements, type XmlElement, type XmlNode } from '../tools/xml.ts'
import { changeAttribute } from './attributes.ts'
import { describeTarget, locate } from './locate.ts'

export const POSITIONS = ['inside', 'after', 'before', 'replace', 'attributes', 'move'] as const

/** What is wrong, or nothing. */
type Outcome = string | undefined

/** Carries out one spec on the element that it means. `root` is asked anew by nodes that move. */
export function applyAt(
  root: XmlElement,
  target: XmlElement,
  spec: XmlElement,
): { root: XmlElement; mistake: Outcome } {
  const position = spec.getAttribute('position') || 'inside'
  if (position === 'attributes') return { root, mistake: applyAttributes(target, spec) }
  if (position === 'replace') return replace(root, target, spec)
  const { nodes, mistake } = contentOf(root, spec)
  if (mistake !== undefined) return { root, mistake }
  if (position === 'inside') for (const node of nodes) target.appendChild(node)
  else if (target === root) return { root, mistake: `nothing can stand ${position} the root of a view` }
  else {
    const before = position === 'before' ? target : target.nextSibling
    for (const node of nodes) target.parentNode?.insertBefore(node, before)
  }
  return { root, mistake: undefined }
}

function applyAttributes(target: XmlElement, spec: XmlElement): Outcome {
  for (const change of childElements(spec)) {
    if (change.nodeName !== 'attribute') return `<${change.nodeName}> cannot stand where attributes are changed`
    const mistake = changeAttribute(target, change)
    if (mistake !== undefined) return mistake
  }
  return undefined
}

function replace(root: XmlElement, target: XmlElement, spec: XmlElement): { root: XmlElement; mistake: Outcome } {
  if (spec.getAttribute('mode') === 'inner') {
    const { nodes, mistake } = contentOf(root, spec)
    if (mistake === undefined) {
      while (target.firstChild) target.removeChild(target.firstChild)
      for (const node of nodes) target.appendChild(node)
    }
    return { root, mistake }
  }
  const { nodes, mistake } = contentOf(root, spec)
  if (mistake !== undefined) return { root, mistake }
  if (target === root) {
    const [fresh, ...more] = nodes.filter((node) => node.nodeType === node.ELEMENT_NODE) as XmlElement[]
    if (!fresh || more.length > 0) return { root, mistake: 'the root of a view can only be replaced by one element' }
    root.parentNode?.replaceChild(fresh, root)
    keepOld(fresh, root)
    return { root: fresh, mistake: undefined }
  }
  for (const node of nodes) target.parentNode?.insertBefore(node, target)
  const holders = nodes.filter((node) => node.nodeType === node.ELEMENT_NODE) as XmlElement[]
  const parent = target.parentNode
  parent?.removeChild(target)
  for (const holder of holders) keepOld(holder, target)
  return { root, mistake: undefined }
}

/** Puts the replaced element where the new content says `$0`. */
function keepOld(node: XmlElement, old: XmlElement): boolean {
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.nodeType === child.TEXT_NODE && child.nodeValue?.trim() === '$0') {
      node.replaceChild(old, child)
      return true
    }
    if (child.nodeType === child.ELEMENT_NODE && keepOld(child as XmlElement, old)) return true
  }
  return false
}

/** What a spec brings: its own children, and nodes of the view that its `position="move"` children mean. */
function contentOf(root: XmlElement, spec: XmlElement): { nodes: XmlNode[]; mistake: Outcome } {
  const nodes: XmlNode[] = []
  for (let child = spec.firstChild; child; child = child.nextSibling) {
    const moves = child.nodeType === child.ELEMENT_NODE && (child as XmlElement).getAttribute('position') === 'move'
    if (!moves) {
      if (child.nodeType !== child.COMMENT_NODE) nodes.push(child)
      continue
    }
    const mover = child as XmlElement
    const moved = locate(root, mover)
    if (!moved) return { nodes: [], mistake: `${describeTarget(mover)}, which should move, is not in the view` }
    if (mover.hasChildNodes() && childElements(mover).length > 0)
      return { nodes: [], mistake: `${describeTarget(mover)} moves and must be empty` }
    nodes.push(moved)
  }
  // The nodes themselves, not copies: they know the line that they stand on.
  return { nodes, mistake: undefined }
}
