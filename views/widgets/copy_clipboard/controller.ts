import { Controller } from '@hotwired/stimulus'
import { notify } from '../../client/notify.ts'

/** Copies the text that stands beside the button. */
export class CopyController extends Controller<HTMLElement> {
  static override targets = ['text']
  static override values = { done: String }
  declare readonly textTarget: HTMLElement
  declare readonly doneValue: string

  async copy(event: Event): Promise<void> {
    event.preventDefault()
    event.stopPropagation()
    const shown = this.textTarget
    const text =
      shown instanceof HTMLInputElement || shown instanceof HTMLTextAreaElement ? shown.value : shown.textContent
    await navigator.clipboard.writeText(text ?? '')
    notify(this.doneValue, 'success')
  }
}
