import { Controller } from '@hotwired/stimulus'
import { visit } from '@hotwired/turbo'

const COOKIE = 'columns_'
const YEAR_S = 365 * 24 * 3600
const NARROWEST_PX = 40

/** Columns of a list: which optional ones are shown, and how wide each is. */
export class ListColumnsController extends Controller<HTMLElement> {
  static override targets = ['optional']
  static override values = { key: String }
  declare readonly optionalTargets: HTMLInputElement[]
  declare readonly keyValue: string

  override connect(): void {
    const kept = this.#widths()
    if (Object.keys(kept).length > 0) this.#apply(kept)
  }

  /** Shows or hides a column. A cookie keeps the choice, so that the server draws the right ones at once. */
  toggle(): void {
    const shown = this.optionalTargets.filter(({ checked }) => checked).map(({ name }) => name)
    document.cookie = `${COOKIE}${this.keyValue}=${shown.join('.')}; path=/odoo; max-age=${YEAR_S}; samesite=lax`
    visit(location.href, { action: 'replace' })
  }

  /** Drags the edge of a column. */
  start(event: PointerEvent): void {
    event.preventDefault()
    const edge = event.currentTarget as HTMLElement
    const head = edge.closest('th') as HTMLTableCellElement
    const widths = this.#measured()
    const name = head.dataset['name'] ?? ''
    const before = widths[name] ?? head.offsetWidth
    const moved = (to: PointerEvent): void => {
      this.#apply({ ...widths, [name]: Math.max(NARROWEST_PX, before + to.clientX - event.clientX) })
    }
    const done = (): void => {
      edge.removeEventListener('pointermove', moved)
      edge.removeEventListener('pointerup', done)
      this.#keep(this.#measured())
    }
    edge.setPointerCapture(event.pointerId)
    edge.addEventListener('pointermove', moved)
    edge.addEventListener('pointerup', done)
  }

  /** Makes a column as wide as what it holds. */
  fit(event: Event): void {
    const head = (event.currentTarget as HTMLElement).closest('th') as HTMLTableCellElement
    const widths = this.#measured()
    const index = head.cellIndex
    const cells = [...this.#table.querySelectorAll<HTMLTableRowElement>('tr:not(.o_group_row, .o_more)')].flatMap(
      (row) => row.cells[index] ?? [],
    )
    const range = document.createRange()
    const contents = cells.map((cell) => {
      range.selectNodeContents(cell)
      const style = getComputedStyle(cell)
      return range.getBoundingClientRect().width + parseFloat(style.paddingLeft) + parseFloat(style.paddingRight)
    })
    const wanted = { ...widths, [head.dataset['name'] ?? '']: Math.ceil(Math.max(NARROWEST_PX, ...contents)) + 2 }
    this.#apply(wanted)
    this.#keep(wanted)
  }

  get #table(): HTMLTableElement {
    return this.element.querySelector('table') as HTMLTableElement
  }

  get #heads(): HTMLTableCellElement[] {
    return [...this.#table.querySelectorAll<HTMLTableCellElement>('thead th[data-name]')]
  }

  #measured(): Record<string, number> {
    return Object.fromEntries(this.#heads.map((head) => [head.dataset['name'] ?? '', head.offsetWidth]))
  }

  #apply(widths: Readonly<Record<string, number>>): void {
    this.#table.classList.add('o_fixed')
    for (const head of this.#heads) {
      const width = widths[head.dataset['name'] ?? '']
      if (width !== undefined) head.style.width = `${width}px`
    }
  }

  #widths(): Readonly<Record<string, number>> {
    return JSON.parse(localStorage.getItem(this.#kept) ?? '{}') as Record<string, number>
  }

  #keep(widths: Readonly<Record<string, number>>): void {
    localStorage.setItem(this.#kept, JSON.stringify(widths))
  }

  get #kept(): string {
    return `widths ${this.keyValue}`
  }
}
