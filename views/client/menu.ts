import { Controller } from '@hotwired/stimulus'

/** A menu that is a `<details>`: it closes when one clicks elsewhere, presses Escape or opens another. */
export class MenuController extends Controller<HTMLDetailsElement> {
  readonly #outside = (event: Event): void => {
    if (!this.element.contains(event.target as Node)) this.element.open = false
  }

  readonly #escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.element.open) return
    this.element.open = false
    this.element.querySelector('summary')?.focus()
  }

  override connect(): void {
    document.addEventListener('click', this.#outside)
    document.addEventListener('keydown', this.#escape)
  }

  override disconnect(): void {
    document.removeEventListener('click', this.#outside)
    document.removeEventListener('keydown', this.#escape)
  }
}
