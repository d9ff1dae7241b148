import { Controller } from '@hotwired/stimulus'
import { announce, type FieldChange } from '../../client/field.ts'
import { parseNumber } from '../../client/number.ts'
import type { NamedRecord } from '../../client/records.ts'

interface Property {
  readonly name: string
  readonly type: string
  readonly value?: unknown
}

/** Properties: each input changes one of them, all of them are the field's value. */
export class PropertiesController extends Controller<HTMLElement> {
  static override values = { all: Array }
  declare readonly allValue: readonly Property[]
  #all: readonly Property[] = []

  override connect(): void {
    this.#all = this.allValue
    this.element.addEventListener('change', this.#changed)
    for (const part of this.#parts()) part.addEventListener('field:change', this.#chosen)
  }

  override disconnect(): void {
    this.element.removeEventListener('change', this.#changed)
  }

  #parts(): NodeListOf<HTMLElement> {
    return this.element.querySelectorAll<HTMLElement>('[data-property]')
  }

  readonly #changed = (event: Event): void => {
    const input = event.target as HTMLInputElement
    const part = input.closest<HTMLElement>('[data-property]')
    if (!part) return
    event.stopPropagation()
    const value = valueOf(part, input)
    part.classList.toggle('o_invalid', value === undefined)
    if (value !== undefined) this.#set(part, value)
  }

  /** A date or a relation tells of itself. */
  readonly #chosen = (event: Event): void => {
    event.stopPropagation()
    const { value } = (event as CustomEvent<FieldChange>).detail
    this.#set(event.currentTarget as HTMLElement, pairs(value))
  }

  #set(part: HTMLElement, value: unknown): void {
    const { property } = part.dataset
    this.#all = this.#all.map((one) => (one.name === property ? { ...one, value } : one))
    announce(this.element, this.#all, { draw: part.dataset['type'] === 'many2many' })
  }
}

/** Records as properties hold them: `[id, name]`. */
function pairs(value: unknown): unknown {
  const pair = ({ id, display_name }: NamedRecord): readonly [number, string] => [id, display_name]
  if (Array.isArray(value)) return (value as NamedRecord[]).map(pair)
  return typeof value === 'object' && value !== null ? pair(value as NamedRecord) : value
}

function valueOf(part: HTMLElement, input: HTMLInputElement): unknown {
  const language = document.documentElement.lang
  switch (part.dataset['type']) {
    case 'boolean':
      return input.checked
    case 'integer':
      return parseNumber(input.value, language, 0)
    case 'float':
      return parseNumber(input.value, language)
    case 'tags':
      return [...part.querySelectorAll<HTMLInputElement>('input:checked')].map(({ value }) => value)
    default:
      return input.value === '' ? false : input.value
  }
}
