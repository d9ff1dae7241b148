import { Controller } from '@hotwired/stimulus'

/** A list: selection of rows; a click anywhere in a row follows its link. */
export class ListController extends Controller<HTMLElement> {
  static override targets = ['all', 'row']
  declare readonly allTarget: HTMLInputElement
  declare readonly rowTargets: HTMLInputElement[]
  #last = -1

  override connect(): void {
    this.element.addEventListener('click', this.#clicked)
  }

  override disconnect(): void {
    this.element.removeEventListener('click', this.#clicked)
  }

  selectPage(): void {
    for (const box of this.rowTargets) box.checked = this.allTarget.checked
  }

  select(event: Event): void {
    const index = this.rowTargets.indexOf(event.target as HTMLInputElement)
    this.allTarget.checked = this.rowTargets.every((box) => box.checked)
    this.#last = index
  }

  readonly #clicked = (event: MouseEvent): void => {
    const target = event.target as HTMLElement
    if (target.matches('.o_row input') && event.shiftKey && this.#last >= 0)
      this.#selectRange(target as HTMLInputElement)
    if (target.closest('a, button, input, label')) return
    const link = target.closest('.o_row')?.querySelector<HTMLAnchorElement>('.o_row_link')
    link?.dispatchEvent(
      new MouseEvent('click', {
        bubbles: true,
        cancelable: true,
        ctrlKey: event.ctrlKey,
        metaKey: event.metaKey,
        shiftKey: event.shiftKey,
      }),
    )
  }

  #selectRange(to: HTMLInputElement): void {
    const [from, until] = [this.#last, this.rowTargets.indexOf(to)].toSorted((a, b) => a - b)
    for (const box of this.rowTargets.slice(from, (until ?? 0) + 1)) box.checked = to.checked
  }
}
