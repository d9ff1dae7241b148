import { Controller } from '@hotwired/stimulus'
import { announce } from '../../client/field.ts'
import type { NamedRecord } from '../../client/records.ts'

/** A reference: choosing a model opens the search for its records. */
export class ReferenceController extends Controller<HTMLElement> {
  static override targets = ['model', 'record']
  declare readonly modelTarget: HTMLSelectElement
  declare readonly recordTarget: HTMLElement

  override connect(): void {
    this.recordTarget.addEventListener('field:change', this.#chosen)
  }

  override disconnect(): void {
    this.recordTarget.removeEventListener('field:change', this.#chosen)
  }

  model(event: Event): void {
    event.stopPropagation()
    const model = this.modelTarget.value
    const relation = this.recordTarget.querySelector<HTMLElement>('[data-relation-model]')
    const input = relation?.querySelector('input')
    if (!relation || !input) return
    relation.dataset['relationModel'] = model
    input.value = ''
    this.recordTarget.hidden = model === ''
    announce(this.element, false)
    if (model !== '') input.focus()
  }

  /** What the many2one inside says becomes `model,id`. */
  readonly #chosen = (event: Event): void => {
    event.stopPropagation()
    const record = (event as CustomEvent<{ value: NamedRecord | false }>).detail.value
    const model = this.modelTarget.value
    announce(this.element, record ? `${model},${record.id}` : false)
  }
}
