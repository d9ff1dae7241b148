import { Controller } from '@hotwired/stimulus'
import { parseNumber } from './number.ts'
import { PARSERS } from './parsers.ts'

/** What a form hears when a person changed a field. */
export interface FieldChange {
  readonly name: string
  /** As the wire takes it; of a many2one `{ id, display_name }`. */
  readonly value: unknown
  /** Other fields that are set along with it. */
  readonly along?: Readonly<Record<string, unknown>>
  /** Whether the server is asked to draw the field anew, though it is the person who changed it. */
  readonly draw?: boolean
}

/** Fields whose widget is one native input: its value becomes that of the field. Others dispatch `field:change` themselves. */
export class FieldController extends Controller<HTMLElement> {
  override connect(): void {
    this.element.addEventListener('change', this.#changed)
  }

  override disconnect(): void {
    this.element.removeEventListener('change', this.#changed)
  }

  /** One of several was clicked: a step of a status bar, a star, a badge. Its `data-value` is the new value. */
  choose(event: Event): void {
    event.preventDefault()
    if ('readonly' in this.element.dataset) return
    const chosen = event.currentTarget as HTMLElement
    announce(this.element, chosenValue(this.element.dataset['type'], chosen), { draw: true })
  }

  readonly #changed = (event: Event): void => {
    const input = event.target as HTMLInputElement
    // a field with lines has the fields of its lines inside
    if (input.closest('[data-controller~="field"]') !== this.element) return
    // widgets whose input is `own` tell of it themselves
    if (!input.matches('[data-field-input]:not([data-field-input="own"])')) return
    const value = this.#valueOf(input)
    if (value === undefined) {
      input.setCustomValidity('invalid')
      this.element.classList.add('o_invalid')
      return
    }
    input.setCustomValidity('')
    this.element.classList.remove('o_invalid')
    announce(this.element, value)
  }

  /** The wire value of the input; `undefined` for a text that is none. */
  #valueOf(input: HTMLInputElement): unknown {
    const language = document.documentElement.lang
    const parse = PARSERS[input.dataset['parse'] ?? '']
    if (parse) return parse(input, language)
    if (input.type === 'radio') return chosenValue(this.element.dataset['type'], input)
    switch (this.element.dataset['type']) {
      case 'boolean':
        return input.checked
      case 'integer':
        return parseNumber(input.value, language, 0)
      case 'float':
      case 'monetary':
        return parseNumber(input.value, language)
      case 'many2one':
        return input instanceof HTMLSelectElement ? chosenOption(input) : undefined
      default:
        return input.value === '' ? false : input.value
    }
  }
}

/** Tells the form that a field has another value. */
export function announce(field: Element, value: unknown, more: Pick<FieldChange, 'along' | 'draw'> = {}): void {
  const name = (field.closest('[data-field]') as HTMLElement | null)?.dataset['field'] ?? ''
  field.dispatchEvent(new CustomEvent<FieldChange>('field:change', { bubbles: true, detail: { name, value, ...more } }))
}

/** The value that `data-value` or `value` says, as the kind of field has it; empty is none. */
export function chosenValue(type: string | undefined, chosen: HTMLElement): unknown {
  const text = chosen.dataset['value'] ?? (chosen as HTMLInputElement).value
  switch (type) {
    case 'many2one':
      return text === '' ? false : { id: Number(text), display_name: chosen.dataset['label'] ?? '' }
    case 'boolean':
      return text === 'true'
    case 'integer':
    case 'float':
      return Number(text)
    default:
      return text === '' ? false : text
  }
}

function chosenOption({ value, selectedOptions }: HTMLSelectElement): unknown {
  return value === '' ? false : { id: Number(value), display_name: selectedOptions[0]?.text ?? '' }
}
