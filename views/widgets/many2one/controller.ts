import { Controller } from '@hotwired/stimulus'
import { announce } from '../../client/field.ts'
import { Relation } from '../../client/relation.ts'
import { Suggestions } from '../../client/suggestions.ts'
import type { NamedRecord } from '../../client/records.ts'

/** A many2one: a combobox over the records of its model. */
export class Many2oneController extends Controller<HTMLElement> {
  static override targets = ['input', 'open']
  declare readonly inputTarget: HTMLInputElement
  declare readonly openTarget: HTMLAnchorElement
  declare readonly hasOpenTarget: boolean
  #shown = ''

  override connect(): void {
    const input = this.inputTarget
    const relation = new Relation(this, (records) => records[0] && this.choose(records[0]))
    this.#shown = input.value
    new Suggestions(input, {
      ...relation.suggestions(),
      choose: ({ id, text }) => this.choose({ id, display_name: text }),
    })
    input.addEventListener('change', (event) => event.stopPropagation())
    input.addEventListener('blur', () => this.#left())
  }

  /** Takes a record over. */
  choose(record: NamedRecord): void {
    const input = this.inputTarget
    this.#shown = input.value = record.display_name
    input.dataset['id'] = String(record.id)
    if (this.hasOpenTarget) {
      this.openTarget.hidden = false
      this.openTarget.href = `/odoo/m-${this.element.dataset['relationModel']}/${record.id}`
    }
    this.announce(record)
  }

  protected announce(record: NamedRecord | false): void {
    announce(this.element, record)
  }

  /** Emptied, the field has no record; a text that is none gives way to the record that was there. */
  #left(): void {
    const input = this.inputTarget
    if (input.readOnly || input.value === this.#shown) return
    if (input.value.trim() !== '') {
      input.value = this.#shown
      return
    }
    this.#shown = input.value = ''
    delete input.dataset['id']
    if (this.hasOpenTarget) this.openTarget.hidden = true
    this.announce(false)
  }
}
