import { Controller } from '@hotwired/stimulus'
import { announce } from '../../client/field.ts'
import { Relation } from '../../client/relation.ts'
import type { NamedRecord } from '../../client/records.ts'
import { Suggestions } from '../../client/suggestions.ts'

/** Tags: records of a many2many, added by typing and removed by their × or Backspace. */
export class TagsController extends Controller<HTMLElement> {
  static override targets = ['input']
  declare readonly inputTarget: HTMLInputElement

  override connect(): void {
    const input = this.inputTarget
    const relation = new Relation(this, (records) => this.#add(records), {
      more: () => [['id', 'not in', this.#ids()]],
      multiple: true,
    })
    new Suggestions(input, {
      ...relation.suggestions(),
      choose: ({ id, text }) => this.#add([{ id, display_name: text }]),
    })
    input.addEventListener('change', (event) => event.stopPropagation())
    input.addEventListener('blur', () => (input.value = ''))
    input.addEventListener('keydown', ({ key }) => {
      if (key === 'Backspace' && input.value === '' && !input.readOnly) this.#announceWithout(this.#ids().at(-1))
    })
  }

  remove(event: Event): void {
    const tag = (event.currentTarget as HTMLElement).closest<HTMLElement>('[data-id]')
    this.#announceWithout(Number(tag?.dataset['id']))
    this.inputTarget.focus()
  }

  #add(records: readonly NamedRecord[]): void {
    this.inputTarget.value = ''
    const known = this.#ids()
    announce(this.element, [...this.#tags(), ...records.filter(({ id }) => !known.includes(id))], { draw: true })
  }

  #announceWithout(id: number | undefined): void {
    if (id === undefined) return
    announce(
      this.element,
      this.#tags().filter((tag) => tag.id !== id),
      { draw: true },
    )
  }

  #tags(): NamedRecord[] {
    return [...this.element.querySelectorAll<HTMLElement>('[data-id]')].map((tag) => ({
      id: Number(tag.dataset['id']),
      display_name: tag.querySelector('.o_tag_text')?.textContent ?? '',
    }))
  }

  #ids(): number[] {
    return this.#tags().map(({ id }) => id)
  }
}
