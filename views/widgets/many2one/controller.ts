import { Controller } from '@hotwired/stimulus'
import { evaluated } from '../../arch/modifiers.ts'
import { announce } from '../../client/field.ts'
import { formOf } from '../../client/form.ts'
import { Suggestions } from '../../client/suggestions.ts'

/** A many2one: a combobox over the records of its model. */
export class Many2oneController extends Controller<HTMLElement> {
  static override targets = ['input']
  static override values = { model: String, domain: String }
  declare readonly inputTarget: HTMLInputElement
  declare readonly modelValue: string
  declare readonly domainValue: string

  override connect(): void {
    const input = this.inputTarget
    if (input.readOnly) return
    new Suggestions(
      input,
      this.modelValue,
      () => this.#domain(),
      ({ id, text }) => {
        input.value = text
        input.dataset['id'] = String(id)
        announce(this.element, { id, display_name: text })
      },
    )
    input.addEventListener('change', () => {
      if (input.value.trim() !== '') return
      delete input.dataset['id']
      announce(this.element, false)
    })
  }

  /** Which records are offered, as the record is now. */
  #domain(): readonly unknown[] {
    const form = formOf(this)
    if (!this.domainValue || !form) return []
    return evaluated(this.domainValue, form.recordScope()) as unknown as readonly unknown[]
  }
}
