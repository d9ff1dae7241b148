import { Controller } from '@hotwired/stimulus'
import { visit } from '@hotwired/turbo'
import { lineId } from './elements.ts'
import { chosenValue } from './field.ts'
import { formOf } from './form.ts'
import { notify } from './notify.ts'
import { callMethod } from './rpc.ts'

/** A star, switch or dot in a row or on a card: a click writes it at once, or changes the line of the form around it. */
export class QuickController extends Controller<HTMLElement> {
  set(event: Event): void {
    event.preventDefault()
    event.stopPropagation()
    void this.#write(chosenValue(this.element.dataset['type'], this.element))
  }

  check(event: Event): void {
    event.stopPropagation()
    void this.#write((this.element as HTMLInputElement).checked)
  }

  async #write(value: unknown): Promise<void> {
    const name = this.element.dataset['name'] ?? ''
    const line = this.element.closest<HTMLElement>('[data-line]')
    const form = line && formOf(this)
    if (line && form) {
      const field = line.parentElement?.closest<HTMLElement>('[data-field]')?.dataset['field'] ?? ''
      form.draft.setLine(field, lineId(line), { [name]: value })
      form.ask(field, { line: { id: lineId(line), name } })
      return
    }
    const id = Number(this.element.closest<HTMLElement>('[data-id]')?.dataset['id'])
    const model = this.element.closest<HTMLElement>('[data-model]')?.dataset['model'] ?? ''
    try {
      await callMethod(model, 'write', [[id], { [name]: value }])
      visit(location.href, { action: 'replace' })
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
      if (this.element instanceof HTMLInputElement) this.element.checked = !this.element.checked
    }
  }
}
