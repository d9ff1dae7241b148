import { childElements, parseXml, type XmlElement } from '../../core/tools/xml.ts'

export type { XmlElement }
export { childElements }

/** The root of an arch that the server answered. */
export function parseArch(arch: string): XmlElement {
  return parseXml(arch).documentElement as XmlElement
}

/** An attribute, or `null` without it. */
export function attr(node: XmlElement, name: string): string | null {
  return node.hasAttribute(name) ? node.getAttribute(name) : null
}

/** Whether an attribute says yes: `1`, `True` or `true`. */
export function flag(node: XmlElement, name: string, fallback = false): boolean {
  const value = attr(node, name)
  return value === null ? fallback : !['', '0', 'False', 'false'].includes(value)
}

/** Every element inside a node, in the order of the text, that `inside` lets one enter. */
export function* walk(node: XmlElement, inside: (node: XmlElement) => boolean = () => true): Generator<XmlElement> {
  for (const child of childElements(node)) {
    yield child
    if (inside(child)) yield* walk(child, inside)
  }
}

/** Fields of the view's own model: not those of views inside a relation. */
export function fieldNodes(root: XmlElement): XmlElement[] {
  return [...walk(root, (node) => node.nodeName !== 'field')].filter((node) => node.nodeName === 'field')
}
