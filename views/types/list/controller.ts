import { Controller } from '@hotwired/stimulus'
import { confirmed } from '../../client/confirm.ts'
import { elementOf } from '../../client/elements.ts'
import { follow, type Next } from '../../client/follow.ts'
import { notify } from '../../client/notify.ts'
import { askPage } from '../../client/rpc.ts'
import { hear, tell, type Selected } from '../../client/selection-events.ts'

/** So long the foot waits for further clicks before it asks for the totals of what is selected. */
const TOTALS_WAIT_MS = 120

/** A list: selection of rows, buttons in them; a click anywhere in a row follows its link. */
export class ListController extends Controller<HTMLElement> {
  static override targets = ['all', 'row', 'foot']
  static override values = { total: String }
  declare readonly allTarget: HTMLInputElement
  declare readonly hasAllTarget: boolean
  declare readonly rowTargets: HTMLInputElement[]
  declare readonly footTarget: HTMLTableRowElement
  declare readonly hasFootTarget: boolean
  declare readonly totalValue: string
  #last: HTMLInputElement | null = null
  #isAll = false
  #timer: ReturnType<typeof setTimeout> | undefined
  /** The foot without a selection. */
  #foot = ''
  #deafen: () => void = () => undefined

  override connect(): void {
    this.#foot = this.hasFootTarget ? this.footTarget.innerHTML : ''
    this.element.addEventListener('click', this.#clicked)
    this.element.addEventListener('keydown', this.#key)
    this.#deafen = hear('selection:change', (what) => this.#selectAll(what))
    // A browser keeps the boxes of a page that one comes back to.
    for (const box of this.rowTargets) box.checked = false
    if (this.hasAllTarget) this.allTarget.checked = false
  }

  override disconnect(): void {
    clearTimeout(this.#timer)
    this.element.removeEventListener('click', this.#clicked)
    this.element.removeEventListener('keydown', this.#key)
    this.#deafen()
  }

  get selected(): Selected {
    if (this.#isAll) return 'all'
    return this.rowTargets.filter(({ checked }) => checked).map(({ value }) => Number(value))
  }

  selectPage(): void {
    for (const box of this.rowTargets) box.checked = this.allTarget.checked
    this.#changed()
  }

  select(event: Event): void {
    this.#last = event.target as HTMLInputElement
    this.#changed()
  }

  /** A button of a row. */
  async press(event: Event): Promise<void> {
    const button = event.currentTarget as HTMLButtonElement
    const call = JSON.parse(button.dataset['call'] ?? '{}') as { confirm?: string | null; confirmLabel?: string | null }
    const id = Number(button.closest<HTMLElement>('[data-id]')?.dataset['id'])
    if (call.confirm && !(await confirmed(call.confirm, call.confirmLabel))) return
    button.disabled = true
    try {
      const path = location.pathname + location.search
      follow(await askPage<Next>('/odoo/selection/press', { call, path, selected: [id] }))
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
    } finally {
      button.disabled = false
    }
  }

  #selectAll(what: 'all' | 'none'): void {
    for (const box of this.rowTargets) box.checked = what === 'all'
    this.#changed(what === 'all')
  }

  #changed(isAll = false): void {
    this.#isAll = isAll
    const boxes = this.rowTargets
    const checked = boxes.filter((box) => box.checked)
    const isPage = boxes.length > 0 && checked.length === boxes.length
    if (this.hasAllTarget) {
      this.allTarget.checked = isPage
      this.allTarget.indeterminate = checked.length > 0 && !isPage
    }
    const hasMore = isPage && !isAll && this.totalValue !== String(boxes.length)
    tell('list:selected', {
      selected: this.selected,
      count: isAll ? this.totalValue : checked.length,
      more: hasMore ? this.totalValue : null,
    })
    clearTimeout(this.#timer)
    if (this.hasFootTarget) this.#timer = setTimeout(() => void this.#total(), TOTALS_WAIT_MS)
  }

  /** The foot tells of what is selected, or of the page. */
  async #total(): Promise<void> {
    const { selected } = this
    if (selected !== 'all' && selected.length === 0) {
      this.footTarget.innerHTML = this.#foot
      return
    }
    const path = location.pathname + location.search
    const { html } = await askPage<{ html: string }>('/odoo/list/totals', { path, selected })
    const fresh = elementOf(`<table>${html}</table>`)?.querySelector('tr')
    if (fresh && this.selected.length === selected.length) this.footTarget.innerHTML = fresh.innerHTML
  }

  readonly #clicked = (event: MouseEvent): void => {
    const target = event.target as HTMLElement
    if (target.matches('.o_row .o_select input') && event.shiftKey) this.#selectRange(target as HTMLInputElement)
    if (event.defaultPrevented || target.closest('a, button, input, label, select, textarea, summary, [data-editing]'))
      return
    // The cell of a box belongs to the box: whoever misses it by a bit means it.
    const box = target.closest('.o_select')?.querySelector<HTMLInputElement>('input')
    if (box) box.click()
    else this.#follow(target.closest('.o_row'), event)
  }

  #follow(row: Element | null, event: MouseEvent): void {
    row?.querySelector<HTMLAnchorElement>('.o_row_link')?.dispatchEvent(
      new MouseEvent('click', {
        bubbles: true,
        cancelable: true,
        ctrlKey: event.ctrlKey,
        metaKey: event.metaKey,
        shiftKey: event.shiftKey,
      }),
    )
  }

  /** Arrows go from row to row, on their boxes and their links alike. */
  readonly #key = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const target = event.target as HTMLElement
    const row = target.closest('.o_row, .o_group_row')
    if (step === 0 || !row || target.closest('[data-editing], details')) return
    const rows = [...this.element.querySelectorAll<HTMLElement>('.o_row, .o_group_row')]
    const next = rows[rows.indexOf(row as HTMLElement) + step]
    const wanted = target.matches('.o_select input') ? '.o_select input' : '.o_row_link, .o_group_link'
    const focused = next?.querySelector<HTMLElement>(wanted) ?? next?.querySelector<HTMLElement>('a, input')
    if (!focused) return
    event.preventDefault()
    focused.focus()
  }

  #selectRange(to: HTMLInputElement): void {
    const boxes = this.rowTargets
    const from = this.#last ? boxes.indexOf(this.#last) : -1
    if (from < 0) return
    const [start = 0, end = 0] = [from, boxes.indexOf(to)].toSorted((a, b) => a - b)
    for (const box of boxes.slice(start, end + 1)) box.checked = to.checked
  }
}
