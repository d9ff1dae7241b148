import { Controller } from '@hotwired/stimulus'
import { parseNumber } from './number.ts'
import { fromLocalInput } from '../moments.ts'

/** What a form hears when a person changed a field. */
export interface FieldChange {
  readonly name: string
  /** As the wire takes it; of a many2one `{ id, display_name }`. */
  readonly value: unknown
}

/** Fields whose widget is one native input: its value becomes that of the field. Others dispatch `field:change` themselves. */
export class FieldController extends Controller<HTMLElement> {
  override connect(): void {
    this.element.addEventListener('change', this.#changed)
  }

  override disconnect(): void {
    this.element.removeEventListener('change', this.#changed)
  }

  /** A step of a status bar was clicked. */
  choose(event: Event): void {
    const value = (event.currentTarget as HTMLElement).dataset['value'] ?? ''
    announce(this.element, this.element.dataset['type'] === 'many2one' ? { id: Number(value) } : value)
  }

  readonly #changed = (event: Event): void => {
    const input = event.target as HTMLInputElement
    if (!input.matches('[data-field-input]') || input.closest('[data-controller~="many2one"]')) return
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
    switch (this.element.dataset['type']) {
      case 'boolean':
        return input.checked
      case 'integer':
        return parseNumber(input.value, language, 0)
      case 'float':
      case 'monetary':
        return parseNumber(input.value, language)
      case 'datetime':
        return input.value ? fromLocalInput(input.value, input.dataset['zone'] ?? 'UTC') : false
      default:
        return input.value === '' ? false : input.value
    }
  }
}

/** Tells the form that a field has another value. */
export function announce(field: Element, value: unknown): void {
  const name = (field.closest('[data-field]') as HTMLElement | null)?.dataset['field'] ?? ''
  field.dispatchEvent(new CustomEvent<FieldChange>('field:change', { bubbles: true, detail: { name, value } }))
}
