import { Controller } from '@hotwired/stimulus'
import { announce } from '../../client/field.ts'

/** The records whose boxes are ticked. */
export class CheckboxesController extends Controller<HTMLElement> {
  changed(event: Event): void {
    event.stopPropagation()
    const boxes = this.element.querySelectorAll<HTMLInputElement>('input:checked')
    announce(
      this.element,
      [...boxes].map(({ value, dataset }) => ({ id: Number(value), display_name: dataset['label'] ?? '' })),
    )
  }
}
