import { Controller } from '@hotwired/stimulus'
import { namesOf } from './records.ts'
import { askPage } from './rpc.ts'

interface Asked {
  readonly model: string
  readonly domain: readonly unknown[]
  readonly context: object
  readonly multiple: boolean
}

const WAIT_MS = 150

/** A dialog with a list to choose records from: a click or Enter takes one, or several are ticked. */
export class PickController extends Controller<HTMLDialogElement> {
  static override targets = ['search', 'body']
  static override values = { asked: Object }
  declare readonly searchTarget: HTMLInputElement
  declare readonly bodyTarget: HTMLElement
  declare readonly askedValue: Asked
  #timer: ReturnType<typeof setTimeout> | undefined
  #asked = 0

  override connect(): void {
    this.bodyTarget.addEventListener('click', this.#clicked)
    this.bodyTarget.addEventListener('keydown', this.#key)
    this.#reachable()
  }

  later(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#show(1), WAIT_MS)
  }

  page(event: Event): void {
    void this.#show(Number((event.currentTarget as HTMLElement).dataset['page']))
  }

  chooseMany(): void {
    const boxes = this.bodyTarget.querySelectorAll<HTMLInputElement>('.o_row .o_select input:checked')
    void this.#choose([...boxes].map(({ value }) => Number(value)))
  }

  readonly #clicked = (event: MouseEvent): void => {
    const target = event.target as HTMLElement
    const row = target.closest<HTMLElement>('.o_row')
    if (!row || target.closest('.o_select')) return
    event.preventDefault()
    event.stopPropagation()
    void this.#choose([Number(row.dataset['id'])])
  }

  readonly #key = (event: KeyboardEvent): void => {
    const row = event.target as HTMLElement
    if (event.key !== 'Enter' || !row.matches('.o_row')) return
    event.preventDefault()
    void this.#choose([Number(row.dataset['id'])])
  }

  async #show(page: number): Promise<void> {
    this.#asked += 1
    const mine = this.#asked
    const { html } = await askPage<{ html: string }>('/odoo/record/pick', {
      ...this.askedValue,
      text: this.searchTarget.value,
      page,
      whole: false,
    })
    if (mine !== this.#asked) return
    this.bodyTarget.innerHTML = html
    this.#reachable()
  }

  async #choose(ids: readonly number[]): Promise<void> {
    const detail = await namesOf(this.askedValue.model, ids)
    this.element.dispatchEvent(new CustomEvent('pick:chosen', { detail }))
  }

  /** Rows are reached by Tab. */
  #reachable(): void {
    for (const row of this.bodyTarget.querySelectorAll<HTMLElement>('.o_row')) row.tabIndex = 0
  }
}
