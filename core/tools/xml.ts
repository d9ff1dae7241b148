import { DOMParser, ParseError, XMLSerializer, type Document, type Element, type Node } from '@xmldom/xmldom'
import { XML_ENTITIES, XML_MALFORMED } from './errors.ts'

export type { Document as XmlDocument, Element as XmlElement, Node as XmlNode }

/** Where xmldom reports a problem, lines and columns from 1. */
interface Place {
  readonly lineNumber: number
  readonly columnNumber?: number
}

/** Comments, CDATA and instructions, which may hold anything, or an ampersand that starts no reference. */
const BARE_AMPERSAND = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|&(?!#?[\w:.-]+;)/g

/**
 * Document of an XML text; `file` names it in errors. Whatever is not well-formed raises XML_MALFORMED with line and
 * column. Nothing is fetched, and a DOCTYPE that defines entities raises XML_ENTITIES. See `lineOf` for positions.
 */
export function parseXml(text: string, file = 'XML'): Document {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text
  refuseBareAmpersand(source, file)
  const document = parseStrictly(source, file)
  const subset = document.doctype?.internalSubset
  if (subset?.includes('<!ENTITY')) throw new XML_ENTITIES(file, lineOf(document.doctype))
  return document
}

/** Line of a node in the text it was parsed from, from 1; 0 for a node that was made in memory. */
export function lineOf(node: Node | null | undefined): number {
  return node?.lineNumber ?? 0
}

/** XML text of a node and what it contains. */
export function serializeXml(node: Node): string {
  return new XMLSerializer().serializeToString(node)
}

/** Child elements of a node, without texts and comments. */
export function childElements(node: Node): Element[] {
  const elements: Element[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.nodeType === child.ELEMENT_NODE) elements.push(child as Element)
  }
  return elements
}

function parseStrictly(source: string, file: string): Document {
  // Entities are looked at before anything else is reported, because their use fails as well.
  const doctype = /<!DOCTYPE[^>[]*\[[^\]]*<!ENTITY/.exec(source)
  if (doctype) throw new XML_ENTITIES(file, placeOf(source, doctype.index).lineNumber)
  const parser = new DOMParser({
    locator: true,
    // A warning is a fault that XML does not allow, such as an attribute without quotes.
    onError: (_level, message, context: { locator?: Place }) => {
      throw new ParseError(message, context.locator)
    },
  })
  try {
    return parser.parseFromString(source, 'text/xml')
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    throw malformed(file, error.locator as Place | undefined, error.message)
  }
}

function refuseBareAmpersand(source: string, file: string): void {
  for (const match of source.matchAll(BARE_AMPERSAND)) {
    if (match[0] === '&') throw malformed(file, placeOf(source, match.index), "a bare '&' must be written '&amp;'")
  }
}

function placeOf(source: string, offset: number): Required<Place> {
  const before = source.slice(0, offset)
  return { lineNumber: before.split('\n').length, columnNumber: offset - before.lastIndexOf('\n') }
}

function malformed(file: string, place: Place | undefined, reason: string): Error {
  return new XML_MALFORMED(file, Math.max(1, place?.lineNumber ?? 1), place?.columnNumber ?? 1, reason)
}
