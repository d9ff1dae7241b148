import { suggest } from '../expr/suggest.ts'
import { childElements, lineOf, serializeXml, type XmlElement } from '../tools/xml.ts'
import { DATA_ELEMENT, DATA_SYNTAX } from './errors.ts'
import type { Place } from './place.ts'

/** Elements of HTML that have no end tag. */
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))

/** One element of a data file: its attributes are asked for by name, and none may be left over. */
export class XmlNode {
  readonly element: XmlElement
  readonly name: string
  readonly #file: string
  /** The record that it is or belongs to, by external id or else model, for errors. */
  readonly #record: string | undefined

  constructor(element: XmlElement, file: string, outer?: string) {
    this.element = element
    this.name = element.tagName
    this.#file = file
    this.#record =
      this.name === 'record' ? element.getAttribute('id') || (element.getAttribute('model') ?? outer) : outer
  }

  get line(): number {
    return lineOf(this.element)
  }

  /** The line of its first child element, or its own. */
  get firstLine(): number {
    const [first] = childElements(this.element)
    return first ? lineOf(first) : this.line
  }

  get place(): Place {
    const field = this.name === 'field' ? (this.element.getAttribute('name') ?? undefined) : undefined
    return { file: this.#file, line: this.line, record: this.#record, field }
  }

  /** The value of an attribute; null when it is not there. */
  attribute(name: string): string | null {
    return this.element.getAttribute(name)
  }

  /** @throws DATA_SYNTAX when it is missing or empty */
  required(name: string): string {
    const value = this.element.getAttribute(name)
    if (!value) throw new DATA_SYNTAX(this.place, `<${this.name}> has no attribute '${name}'`)
    return value
  }

  /** A truth value, `1`, `True`, `0` or `False`. @throws DATA_SYNTAX */
  flag(name: string, otherwise: boolean): boolean {
    const value = this.element.getAttribute(name)
    if (value === null) return otherwise
    if (/^(1|true)$/i.test(value)) return true
    if (/^(0|false)$/i.test(value)) return false
    throw new DATA_SYNTAX(this.place, `'${name}' of <${this.name}> is '${value}': write 1 or 0`)
  }

  /** @throws DATA_SYNTAX when there are attributes other than these */
  allow(names: readonly string[]): this {
    for (const { name } of this.element.attributes) {
      if (!names.includes(name)) {
        throw new DATA_SYNTAX(this.place, `<${this.name}> knows no attribute '${name}'`, suggest(name, names))
      }
    }
    return this
  }

  /** Child elements, each of which must be one of those named. @throws DATA_ELEMENT, DATA_SYNTAX on text between them */
  children(names: readonly string[]): XmlNode[] {
    const elements = childElements(this.element).map((element) => new XmlNode(element, this.#file, this.#record))
    for (const child of elements) {
      if (!names.includes(child.name)) throw new DATA_ELEMENT(child.place, child.name, suggest(child.name, names))
    }
    const text = this.#ownText().trim()
    if (text !== '')
      throw new DATA_SYNTAX(this.place, `<${this.name}> holds text that nothing reads: '${text.slice(0, 40)}'`)
    return elements
  }

  get hasElements(): boolean {
    return childElements(this.element).length > 0
  }

  /** The text in it. @throws DATA_ELEMENT when there are elements, too */
  text(): string {
    const [child] = childElements(this.element)
    if (child) throw new DATA_ELEMENT(new XmlNode(child, this.#file, this.#record).place, child.tagName)
    return this.element.textContent ?? ''
  }

  /** What is in it as markup; in HTML, elements that need an end tag get one even when they are empty. */
  markup(html: boolean): string {
    if (html) closeEmpty(this.element)
    let text = ''
    for (let child = this.element.firstChild; child; child = child.nextSibling) text += serializeXml(child)
    return text.trim()
  }

  #ownText(): string {
    let text = ''
    for (let child = this.element.firstChild; child; child = child.nextSibling) {
      if (child.nodeType === child.TEXT_NODE || child.nodeType === child.CDATA_SECTION_NODE)
        text += child.nodeValue ?? ''
    }
    return text
  }
}

function closeEmpty(element: XmlElement): void {
  for (const child of childElements(element)) {
    if (child.firstChild) closeEmpty(child)
    else if (!VOID.has(child.tagName)) addEmptyText(child)
  }
}

/** An element with a child, however empty, is written with an end tag. */
function addEmptyText(element: XmlElement): void {
  const text = element.ownerDocument?.createTextNode('')
  if (text) element.appendChild(text)
}
