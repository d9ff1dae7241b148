import { childElements, parseXml, type XmlElement } from '../../../core/tools/xml.ts'
import { BODY_FORBIDDEN_KEY, BODY_TOO_DEEP, XMLRPC_INVALID } from '../../errors.ts'

/** A call as XML-RPC brings it. */
export interface XmlRpcCall {
  readonly method: string
  readonly params: readonly unknown[]
}

/** Elements that one level of arrays or structs takes at most: `value`, `struct`, `member`. */
const ELEMENTS_PER_LEVEL = 3
/** Elements around the values: `methodCall`, `params`, `param`. */
const ELEMENTS_AROUND = 3
const TAG = /<(\/?)[A-Za-z][^<>]*?(\/?)>/g

/**
 * Reads a call. Whatever defines a document type is refused, so that no entity can grow.
 * @param text the body, decoded
 * @param maxDepth levels of arrays and structs inside each other
 * @throws XMLRPC_INVALID, XML_MALFORMED, BODY_TOO_DEEP, BODY_FORBIDDEN_KEY
 */
export function readCall(text: string, maxDepth: number): XmlRpcCall {
  if (/<!DOCTYPE/i.test(text)) throw new XMLRPC_INVALID('a document type is not allowed')
  refuseDepth(text, maxDepth)
  const root = parseXml(text, 'XML-RPC').documentElement
  if (root?.localName !== 'methodCall') throw new XMLRPC_INVALID('the root must be <methodCall>')
  const parts = new Map(childElements(root).map((child) => [child.localName, child]))
  const method = parts.get('methodName')?.textContent?.trim()
  if (!method) throw new XMLRPC_INVALID('<methodName> is missing')
  const params = parts.get('params')
  return { method, params: params ? childElements(params).map((param) => valueIn(param, 'param')) : [] }
}

/** Looks at the text before a document is made of it, which would take many times its memory. */
function refuseDepth(text: string, maxDepth: number): void {
  const most = maxDepth * ELEMENTS_PER_LEVEL + ELEMENTS_AROUND + 2
  let depth = 0
  for (const [, closing, empty] of text.matchAll(TAG)) {
    if (closing) depth -= 1
    else if (!empty && (depth += 1) > most) throw new BODY_TOO_DEEP(maxDepth)
  }
}

/** The one `<value>` that an element holds. */
function valueIn(parent: XmlElement, name: string): unknown {
  const value = childElements(parent).find((child) => child.localName === 'value')
  if (!value || parent.localName !== name) throw new XMLRPC_INVALID(`<${name}> with a <value> is missing`)
  return valueOf(value)
}

/** A value is text when no element says its type. */
function valueOf(value: XmlElement): unknown {
  const [typed] = childElements(value)
  if (!typed) return value.textContent ?? ''
  const read = READERS.get(typed.localName ?? '')
  if (!read) throw new XMLRPC_INVALID(`<${typed.localName}> is no type of values`)
  return read(typed)
}

const textOf = (element: XmlElement): string => (element.textContent ?? '').trim()

function wrong(element: XmlElement): Error {
  return new XMLRPC_INVALID(`'${textOf(element).slice(0, 40)}' is no <${element.localName}>`)
}

function integer(element: XmlElement): number {
  const value = Number(textOf(element))
  if (!/^[+-]?\d+$/.test(textOf(element)) || !Number.isSafeInteger(value)) throw wrong(element)
  return value
}

function double(element: XmlElement): number {
  const value = Number(textOf(element))
  if (textOf(element) === '' || !Number.isFinite(value)) throw wrong(element)
  return value
}

function boolean(element: XmlElement): boolean {
  const text = textOf(element)
  if (text !== '0' && text !== '1') throw wrong(element)
  return text === '1'
}

/** `20260331T08:30:00`, with or without dashes, as clients write moments: `2026-03-31 08:30:00`. */
function moment(element: XmlElement): string {
  const [, year, month, day, time] =
    /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z?$/.exec(textOf(element)) ?? []
  if (year === undefined) throw wrong(element)
  return `${year}-${month}-${day} ${time}`
}

/** Content stays in base64, which is how fields take it; line breaks within go. */
function base64(element: XmlElement): string {
  const text = textOf(element).replaceAll(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw wrong(element)
  return text
}

function array(element: XmlElement): unknown[] {
  const data = childElements(element).find((child) => child.localName === 'data')
  if (!data) throw new XMLRPC_INVALID('<array> without <data>')
  return childElements(data).map((value) => {
    if (value.localName !== 'value') throw new XMLRPC_INVALID(`<${value.localName}> in <data>`)
    return valueOf(value)
  })
}

function struct(element: XmlElement): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const member of childElements(element)) {
    const name = childElements(member).find((child) => child.localName === 'name')?.textContent
    if (name === undefined || name === null) throw new XMLRPC_INVALID('<member> without <name>')
    if (name === '__proto__') throw new BODY_FORBIDDEN_KEY()
    values[name] = valueIn(member, 'member')
  }
  return values
}

const READERS: ReadonlyMap<string, (element: XmlElement) => unknown> = new Map<
  string,
  (element: XmlElement) => unknown
>([
  ['int', integer],
  ['i4', integer],
  ['i8', integer],
  ['double', double],
  ['boolean', boolean],
  ['string', (element) => element.textContent ?? ''],
  ['nil', () => null],
  ['dateTime.iso8601', moment],
  ['base64', base64],
  ['array', array],
  ['struct', struct],
])
