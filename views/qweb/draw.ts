import { evaluateLive, holds } from '../../core/expr/evaluate.ts'
import { isDict, isList, isObject, type Value } from '../../core/expr/values.ts'
import { isModified } from '../arch/modifiers.ts'
import { modifiersOf } from '../arch/read-modifiers.ts'
import { attr, childElements, type XmlElement } from '../arch/node.ts'
import { icon } from '../icons.ts'
import type { ViewNode } from '../page.ts'
import { fieldView, placeOf } from '../widgets/place.ts'
import { pythonOf } from './expression.ts'
import { escape, isEmpty, openTag, safeTag } from './markup.ts'
import { TemplateScope, type DrawnRecord } from './record.ts'

/** What a template leads to: the page that it stands in says. */
export interface TemplatePlace {
  /** The Stimulus controller that its buttons speak to. */
  readonly controller: string
  /** The address of the record; `null` where it leads nowhere. */
  readonly href: string | null
  /** A colour picker, drawn by whoever shows the record. */
  readonly colors?: (field: string) => ViewNode
}

/** A template draws no more nodes than this for one record: loops in loops would take the server's time. */
const MOST_NODES = 5000
const MOST_ITEMS = 500
const MOST_CALLS = 20

/** Draws templates of a view for one record: the subset of QWeb that can do nothing but show. */
export class TemplateDrawing {
  readonly #templates: ReadonlyMap<string, XmlElement>
  readonly #record: DrawnRecord
  readonly #place: TemplatePlace
  #parts: ViewNode[] = []
  #html = ''
  #left = MOST_NODES
  #calls = 0

  constructor(templates: ReadonlyMap<string, XmlElement>, record: DrawnRecord, place: TemplatePlace) {
    this.#templates = templates
    this.#record = record
    this.#place = place
  }

  /** The parts of a template one after the other: markup and fields. None when there is no such template. */
  draw(name: string): readonly ViewNode[] {
    const template = this.#templates.get(name)
    this.#parts = []
    this.#html = ''
    if (template) this.#children(template, new TemplateScope(this.#record))
    this.#close()
    return this.#parts.every(isBlank) ? [] : this.#parts
  }

  #close(): void {
    if (this.#html !== '') this.#parts.push({ template: 'qweb/markup', html: this.#html })
    this.#html = ''
  }

  #add(node: ViewNode): void {
    this.#close()
    this.#parts.push(node)
  }

  #children(node: XmlElement, scope: TemplateScope): void {
    // of a chain of t-if, t-elif and t-else only the first that holds is drawn
    let isDone = false
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.nodeType === child.TEXT_NODE || child.nodeType === 4) {
        const text = child.nodeValue ?? ''
        this.#html += text.trim() === '' ? (text === '' ? '' : ' ') : escape(text.replace(/\s+/g, ' '))
        continue
      }
      if (child.nodeType !== child.ELEMENT_NODE) continue
      const element = child as XmlElement
      if (element.hasAttribute('t-foreach')) {
        this.#node(element, scope)
        continue
      }
      if (element.hasAttribute('t-if')) isDone = this.#holds(element, 't-if', scope)
      else if (element.hasAttribute('t-elif')) {
        if (isDone || !this.#holds(element, 't-elif', scope)) continue
        isDone = true
      } else if (element.hasAttribute('t-else')) {
        if (isDone) continue
        isDone = true
      }
      if (element.hasAttribute('t-if') && !isDone) continue
      this.#node(element, scope)
    }
  }

  #holds(element: XmlElement, name: string, scope: TemplateScope): boolean {
    try {
      return holds(pythonOf(attr(element, name) ?? ''), scope)
    } catch {
      return false
    }
  }

  /** The value of an attribute that is an expression; one that fails is empty, as a modifier that fails does not hold. */
  #value(source: string | null, scope: TemplateScope): Value {
    if (source === null || source.trim() === '') return null
    try {
      return evaluateLive(pythonOf(source), scope)
    } catch {
      return null
    }
  }

  #node(element: XmlElement, scope: TemplateScope): void {
    this.#left -= 1
    if (this.#left < 0) return
    if (element.hasAttribute('t-foreach')) return this.#each(element, scope)
    this.#one(element, scope)
  }

  #one(element: XmlElement, scope: TemplateScope): void {
    if (isModified(modifiersOf(element).invisible, scope.plain)) return
    const name = element.nodeName
    if (element.hasAttribute('t-set')) return this.#set(element, scope)
    if (element.hasAttribute('t-call')) return this.#call(element, scope)
    if (name === 'field') return this.#field(element, scope)
    if (name === 'widget') return this.#widget(element)
    if (name === 't') return this.#content(element, scope)
    if (name === 'a' || name === 'button') return this.#action(element, scope)
    const iconName = /(?:^|\s)(fa-[a-z0-9-]+)/.exec(attr(element, 'class') ?? '')?.[1]
    const tag = safeTag(name)
    this.#html += openTag(tag, this.#attributes(element, scope))
    if (iconName) this.#html += icon(iconName)
    if (isEmpty(tag)) return
    this.#content(element, scope)
    this.#html += `</${tag}>`
  }

  #content(element: XmlElement, scope: TemplateScope): void {
    const out = attr(element, 't-out') ?? attr(element, 't-esc') ?? attr(element, 't-raw')
    if (out === null) return this.#children(element, scope)
    const text = textOf(this.#value(out, scope))
    if (text === '') this.#children(element, scope)
    else this.#html += escape(text)
  }

  #each(element: XmlElement, scope: TemplateScope): void {
    const items = itemsOf(this.#value(attr(element, 't-foreach'), scope)).slice(0, MOST_ITEMS)
    const name = attr(element, 't-as') ?? 'item'
    for (const [i, [key, value]] of items.entries()) {
      if (this.#left < 0) return
      const inner = scope.inner()
      inner.set(name, key)
      inner.set(`${name}_value`, value)
      inner.set(`${name}_index`, i)
      inner.set(`${name}_first`, i === 0)
      inner.set(`${name}_last`, i === items.length - 1)
      inner.set(`${name}_size`, items.length)
      this.#left -= 1
      if (!element.hasAttribute('t-if') || this.#holds(element, 't-if', inner)) this.#one(element, inner)
    }
  }

  #set(element: XmlElement, scope: TemplateScope): void {
    const name = attr(element, 't-set') ?? ''
    if (element.hasAttribute('t-value')) return scope.set(name, this.#value(attr(element, 't-value'), scope))
    if (element.hasAttribute('t-valuef')) return scope.set(name, this.#format(attr(element, 't-valuef') ?? '', scope))
    scope.set(name, (element.textContent ?? '').trim())
  }

  #call(element: XmlElement, scope: TemplateScope): void {
    const template = this.#templates.get(attr(element, 't-call') ?? '')
    if (!template || this.#calls >= MOST_CALLS) return
    const inner = scope.inner()
    for (const child of childElements(element)) if (child.hasAttribute('t-set')) this.#set(child, inner)
    this.#calls += 1
    this.#children(template, inner)
    this.#calls -= 1
  }

  #field(element: XmlElement, scope: TemplateScope): void {
    const place = placeOf(element, this.#record.fields, this.#record.model)
    if (!place) return
    const { widget } = place.attributes
    if (widget === 'kanban_color_picker' && this.#place.colors) return this.#add(this.#place.colors(place.name))
    const { values, page } = this.#record
    const drawn = fieldView(place, values, page, {
      place: 'kanban',
      mode: 'read',
      scope: scope.plain,
      prefix: `k${String(values['id'])}_`,
    })
    const classes = [this.#classOf(element, scope), attr(element, 'bold') ? 'fw-bold' : '']
    this.#add({ template: 'qweb/field', field: drawn, className: classes.filter(Boolean).join(' ') })
  }

  #widget(element: XmlElement): void {
    if (attr(element, 'name') !== 'web_ribbon') return
    this.#html += `<span class="o_card_ribbon ${escape(attr(element, 'bg_color') ?? '')}">${escape(attr(element, 'title') ?? attr(element, 'text') ?? '')}</span>`
  }

  /** A link or a button: what it does is said by its kind. */
  #action(element: XmlElement, scope: TemplateScope): void {
    const { controller, href } = this.#place
    const type = attr(element, 'type')
    const attributes = this.#attributes(element, scope)
    const isLink = type === null || type === 'open' || type === 'edit' || type === 'url'
    if (isLink && element.nodeName === 'a') {
      if (type === 'open' || type === 'edit') attributes.set('href', href ?? '')
      if (attributes.get('target') === '_blank') attributes.set('rel', 'noopener')
      this.#html += openTag('a', attributes)
    } else {
      const call = {
        type: type ?? 'object',
        name: attr(element, 'name'),
        context: attr(element, 'context'),
        confirm: attr(element, 'confirm'),
        confirmLabel: attr(element, 'confirm-label'),
      }
      const known = element.nodeName === 'button' && !/\bbtn\b/.test(String(attributes.get('class') ?? ''))
      if (known) attributes.set('class', `btn btn-sm ${String(attributes.get('class') ?? '')}`.trim())
      this.#html += openTag('button', attributes).replace(
        '<button',
        `<button type="button" data-action="${controller}#press" data-call="${escape(JSON.stringify(call))}"`,
      )
    }
    const iconName = attr(element, 'icon') ?? /(?:^|\s)(fa-[a-z0-9-]+)/.exec(attr(element, 'class') ?? '')?.[1]
    if (iconName) this.#html += icon(iconName)
    if (attr(element, 'string')) this.#html += escape(attr(element, 'string') ?? '')
    this.#content(element, scope)
    this.#html += isLink && element.nodeName === 'a' ? '</a>' : '</button>'
  }

  /** Attributes as they are, with those that expressions give. */
  #attributes(element: XmlElement, scope: TemplateScope): Map<string, string | true> {
    const attributes = new Map<string, string | true>()
    const put = (name: string, value: Value): void => {
      if (value === null || value === false) return
      attributes.set(name, value === true ? true : textOf(value))
    }
    for (const { name, value } of Array.from(element.attributes)) {
      if (name === 't-att') {
        for (const [key, one] of itemsOf(this.#value(value, scope))) if (typeof key === 'string') put(key, one)
      } else if (name.startsWith('t-attf-')) put(name.slice(7), this.#format(value, scope))
      else if (name.startsWith('t-att-') && name !== 't-att-class') put(name.slice(6), this.#value(value, scope))
      else if (!name.startsWith('t-')) attributes.set(name, value)
    }
    const className = this.#classOf(element, scope)
    if (className) attributes.set('class', className)
    return attributes
  }

  #classOf(element: XmlElement, scope: TemplateScope): string {
    const chosen = this.#value(attr(element, 't-att-class'), scope)
    const formatted = attr(element, 't-attf-class')
    return [
      attr(element, 'class') ?? '',
      formatted === null ? '' : this.#format(formatted, scope),
      isDict(chosen)
        ? itemsOf(chosen)
            .filter(([, isOn]) => Boolean(isOn))
            .map(([name]) => String(name))
            .join(' ')
        : textOf(chosen).replaceAll(',', ' '),
    ]
      .join(' ')
      .replace(/\s+/g, ' ')
      .trim()
  }

  /** A text with `{{ }}` or `#{ }` in it. */
  #format(text: string, scope: TemplateScope): string {
    return text.replace(/\{\{(.*?)\}\}|#\{(.*?)\}/gs, (_all, braces: string | undefined, hash: string | undefined) =>
      textOf(this.#value(braces ?? hash ?? '', scope)),
    )
  }
}

const isBlank = ({ html }: ViewNode): boolean => typeof html === 'string' && html.trim() === ''

/** What is walked over: items with their places, entries of a dictionary, numbers up to one. */
function itemsOf(value: Value): (readonly [key: Value, value: Value])[] {
  if (typeof value === 'number') return Array.from({ length: Math.min(value, MOST_ITEMS) }, (_, i) => [i, i])
  if (isList(value)) return value.map((one) => [one, one])
  if (isDict(value)) return Object.entries(value)
  return []
}

/** Text of a value for people: nothing for what is missing. */
function textOf(value: Value): string {
  if (value === null || value === false) return ''
  if (isList(value)) return value.map(textOf).join(',')
  return typeof value === 'object' ? (isObject(value) ? '' : JSON.stringify(value)) : String(value)
}
