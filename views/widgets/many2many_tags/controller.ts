import { Controller } from '@hotwired/stimulus'
import { announce } from '../../client/field.ts'
import { Suggestions } from '../../client/suggestions.ts'

/** Tags: records of a many2many, added by typing and removed by their ×. */
export class TagsController extends Controller<HTMLElement> {
  static override targets = ['input']
  static override values = { model: String }
  declare readonly inputTarget: HTMLInputElement
  declare readonly modelValue: string

  override connect(): void {
    const input = this.inputTarget
    new Suggestions(
      input,
      this.modelValue,
      () => [['id', 'not in', this.#ids()]],
      ({ id, text }) => {
        input.value = ''
        announce(this.element, [...this.#tags(), { id, display_name: text }])
      },
    )
    input.addEventListener('keydown', ({ key }) => {
      if (key === 'Backspace' && input.value === '') this.#announceWithout(this.#ids().at(-1))
    })
  }

  remove(event: Event): void {
    const tag = (event.currentTarget as HTMLElement).closest<HTMLElement>('[data-id]')
    this.#announceWithout(Number(tag?.dataset['id']))
  }

  #announceWithout(id: number | undefined): void {
    if (id !== undefined)
      announce(
        this.element,
        this.#tags().filter((tag) => tag.id !== id),
      )
  }

  #tags(): { id: number; display_name: string }[] {
    return [...this.element.querySelectorAll<HTMLElement>('[data-id]')].map((tag) => ({
      id: Number(tag.dataset['id']),
      display_name: tag.firstChild?.textContent ?? '',
    }))
  }

  #ids(): number[] {
    return this.#tags().map(({ id }) => id)
  }
}
