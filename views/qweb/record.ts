import { callable, type ExprObject, type Value } from '../../core/expr/values.ts'
import type { Fields, PageContext, Values } from '../page.ts'
import { scopeOf } from '../arch/modifiers.ts'
import { fieldView } from '../widgets/place.ts'
import type { FieldPlace } from '../widgets/widget.ts'

/** A record with what draws it. */
export interface DrawnRecord {
  readonly model: string
  readonly fields: Fields
  readonly values: Values
  /** A place of each field that was read. */
  readonly places: ReadonlyMap<string, FieldPlace>
  readonly page: PageContext
}

/** Colours of cards that are chosen by number. */
export const COLORS = 12

/**
 * The names of a template: fields as they are, `record.FIELD.value` (as people read it) and `.raw_value`, the context,
 * and what the template itself set. Each is worked out when it is asked for.
 */
export class TemplateScope implements ExprObject {
  readonly #record: DrawnRecord
  readonly #own: Readonly<Record<string, unknown>>
  readonly #set: Map<string, Value>

  /** `outer`: the block around, of which the names are known too. */
  constructor(record: DrawnRecord, outer?: TemplateScope) {
    this.#record = record
    this.#set = new Map(outer ? outer.#set : [])
    this.#own = outer
      ? outer.#own
      : (scopeOf(record.values, record.fields, record.page.context) as Readonly<Record<string, unknown>>)
  }

  /** The same names in a block that sets some of its own. */
  inner(): TemplateScope {
    return new TemplateScope(this.#record, this)
  }

  set(name: string, value: Value): void {
    this.#set.set(name, value)
  }

  exprGet(name: string): Value | undefined {
    const set = this.#set.get(name)
    if (set !== undefined) return set
    switch (name) {
      case 'record':
        return { exprGet: (field) => this.#field(field) }
      case 'user_context':
        return this.#record.page.context as unknown as Value
      case 'read_only_mode':
      case 'selection_mode':
        return false
      case 'kanban_color':
        return callable(([color]) => `oe_kanban_color_${colorOf(color)}`)
      case 'kanban_getcolor':
        return callable(([color]) => colorOf(color))
      case 'kanban_image':
        return callable(([model, field, id]) => imageAddress(model, field, id))
      default:
        return Object.hasOwn(this.#own, name) ? (this.#own[name] as Value) : undefined
    }
  }

  /** What `invisible` and `decoration-…` see of the record. */
  get plain(): Readonly<Record<string, unknown>> {
    return this.#own
  }

  #field(name: string): Value | undefined {
    const { places } = this.#record
    if (name !== 'id' && !places.has(name)) return undefined
    return {
      exprGet: (part) => {
        if (part === 'raw_value') return (this.#own[name] ?? false) as Value
        return part === 'value' ? this.#text(name) : undefined
      },
    }
  }

  #text(name: string): string {
    const { places, values, page } = this.#record
    const place = places.get(name)
    if (!place) return String(values[name] ?? '')
    const usual = { ...place, attributes: {} }
    const drawn = fieldView(usual, values, page, { place: 'list', mode: 'read', scope: this.#own, prefix: '' })
    if (Array.isArray(drawn['tags'])) return drawn['tags'].map((tag: { text: string }) => tag.text).join(', ')
    const text = drawn['text']
    return typeof text === 'string' || typeof text === 'number' ? String(text) : ''
  }
}

/** A number of a colour for any number or text. */
function colorOf(color: Value | undefined): number {
  if (typeof color === 'number') return Math.abs(Math.trunc(color)) % COLORS
  const text = typeof color === 'string' ? color : ''
  return Array.from(text).reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % COLORS
}

function imageAddress(model: Value | undefined, field: Value | undefined, id: Value | undefined): string {
  const parts = [model, field, Array.isArray(id) ? id[0] : id].map((part) =>
    encodeURIComponent(typeof part === 'string' || typeof part === 'number' ? String(part) : ''),
  )
  return `/web/image/${parts[0]}/${parts[2]}/${parts[1]}`
}
