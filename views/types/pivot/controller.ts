import { Controller } from '@hotwired/stimulus'

/** Where a pivot stood when somebody opened or closed a part of it. */
interface Place {
  readonly path: string
  readonly left: number
  readonly top: number
  readonly page: number
  /** Text of the header that was pressed, and where it is among those of that text. */
  readonly label: string
  readonly nth: number
}

/** Of the pivot that the last link was pressed in: the page that follows shows the same place. */
let kept: Place | null = null

/** A pivot: opening a group moves nothing that was there, and leaves the focus where it was. */
export class PivotController extends Controller<HTMLElement> {
  override connect(): void {
    this.element.addEventListener('click', this.#clicked)
    const place = kept
    kept = null
    if (place?.path !== location.pathname) return
    this.element.scrollTo(place.left, place.top)
    window.scrollTo(0, place.page)
    this.element.querySelector<HTMLElement>('.o_pivot_menu[open] a')?.focus({ preventScroll: true })
    if (!this.element.contains(document.activeElement))
      this.#toggles(place.label)[place.nth]?.focus({ preventScroll: true })
  }

  override disconnect(): void {
    this.element.removeEventListener('click', this.#clicked)
  }

  readonly #clicked = (event: MouseEvent): void => {
    const link = (event.target as HTMLElement).closest('thead a, tbody th a')
    if (!(link instanceof HTMLElement)) return
    const label = link.closest('th')?.querySelector('summary')?.textContent ?? link.textContent ?? ''
    kept = {
      path: location.pathname,
      left: this.element.scrollLeft,
      top: this.element.scrollTop,
      page: window.scrollY,
      label,
      nth: Math.max(0, this.#toggles(label).indexOf(link)),
    }
  }

  #toggles(label: string): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>('thead a, tbody th a')].filter(
      ({ textContent }) => textContent === label,
    )
  }
}
