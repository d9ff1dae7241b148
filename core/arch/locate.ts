import library from 'xpath'
import type { XmlElement, XmlNode } from '../tools/xml.ts'

/** The part of the library that its own types leave out. */
interface XPathLibrary {
  parse(expression: string): {
    select(options: { node: XmlNode; functions: Readonly<Record<string, unknown>> }): readonly XmlNode[]
  }
  readonly XBoolean: new (value: boolean) => unknown
}
const xpath = library as unknown as XPathLibrary

/** Attributes of a spec that say how it is applied and not what it looks for. */
const SPEC_ONLY: ReadonlySet<string> = new Set(['position', 'version', 'mode'])

/** What a spec looks for, for messages. */
export function describeTarget(spec: XmlElement): string {
  if (spec.nodeName === 'xpath') return `the XPath ${spec.getAttribute('expr') ?? ''}`
  const attributes = Array.from(spec.attributes).filter(({ name }) => !SPEC_ONLY.has(name))
  return `<${[spec.nodeName, ...attributes.map(({ name, value }) => `${name}="${value}"`)].join(' ')}>`
}

/**
 * The element of an arch that a spec means: by its XPath, or the first one of its tag whose attributes are the same
 * (of a field only its name counts). `undefined` when there is none.
 * @throws what the XPath library says of an expression that is none
 */
export function locate(root: XmlElement, spec: XmlElement): XmlElement | undefined {
  if (spec.nodeName === 'xpath') return byXPath(root, spec.getAttribute('expr') ?? '')
  if (spec.nodeName === 'field')
    return find(root, (node) => node.nodeName === 'field' && node.getAttribute('name') === spec.getAttribute('name'))
  const wanted = Array.from(spec.attributes).filter(({ name }) => !SPEC_ONLY.has(name))
  return find(
    root,
    (node) => node.nodeName === spec.nodeName && wanted.every(({ name, value }) => node.getAttribute(name) === value),
  )
}

/** `hasclass('a', 'b')`: whether an element has all of the classes. */
const functions = {
  hasclass: (context: { contextNode: XmlElement }, ...names: { stringValue(): string }[]): unknown => {
    const classes = (context.contextNode.getAttribute('class') ?? '').split(/\s+/)
    return new xpath.XBoolean(names.every((name) => classes.includes(name.stringValue())))
  },
}

function byXPath(root: XmlElement, expression: string): XmlElement | undefined {
  const parsed = xpath.parse(expression)
  // Paths begin above the root: `/form/sheet`.
  const found = parsed.select({ node: root.parentNode ?? root, functions })
  return found.find((node) => node.nodeType === node.ELEMENT_NODE) as XmlElement | undefined
}

function find(node: XmlElement, fits: (node: XmlElement) => boolean): XmlElement | undefined {
  if (fits(node)) return node
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const found = child.nodeType === child.ELEMENT_NODE ? find(child as XmlElement, fits) : undefined
    if (found) return found
  }
  return undefined
}
