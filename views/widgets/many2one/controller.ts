import { Controller } from '@hotwired/stimulus'
import { announce } from '../../client/field.ts'
import { Suggestions } from '../../client/suggestions.ts'

/** A many2one: a combobox over the records of its model. */
export class Many2oneController extends Controller<HTMLElement> {
  static override targets = ['input']
  static override values = { model: String }
  declare readonly inputTarget: HTMLInputElement
  declare readonly modelValue: string

  override connect(): void {
    const input = this.inputTarget
    if (input.readOnly) return
    new Suggestions(input, this.modelValue, () => [], ({ id, text }) => {
      input.value = text
      input.dataset['id'] = String(id)
      announce(this.element, { id, display_name: text })
    })
    input.addEventListener('change', () => {
      if (input.value.trim() !== '') return
      delete input.dataset['id']
      announce(this.element, false)
    })
  }
}
