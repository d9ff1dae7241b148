import type { Controller } from '@hotwired/stimulus'
import { visit } from '@hotwired/turbo'
import type { FormController } from '../../client/form.ts'
import { elementOf } from '../../client/elements.ts'
import { notify } from '../../client/notify.ts'
import { askPage } from '../../client/rpc.ts'

/** What the server answers for a new card. */
export interface Created {
  readonly id: number
  readonly url: string
  readonly heads: Readonly<Record<string, string | null>>
  readonly cards: Readonly<Record<string, string | null>>
}

/** The form of a new card at the head of a column: Enter adds it and takes the next, Escape closes. */
export class QuickCreate {
  readonly #board: Controller<HTMLElement>
  readonly #column: HTMLElement
  readonly #box: HTMLElement
  readonly #created: (answer: Created) => void
  #isBusy = false

  constructor(board: Controller<HTMLElement>, column: HTMLElement, created: (answer: Created) => void) {
    this.#board = board
    this.#column = column
    this.#box = column.querySelector<HTMLElement>('[data-quick]') ?? document.createElement('div')
    this.#created = created
  }

  async open(): Promise<void> {
    this.#box.addEventListener('keydown', this.#key)
    this.#box.addEventListener('submit', this.#submitted, true)
    const { html } = await askPage<{ html: string }>('/odoo/kanban/quick', this.#question())
    const form = elementOf(html)
    if (!form) return
    this.#box.replaceChildren(form)
    this.#box.querySelector<HTMLElement>('input:not([type=hidden]), textarea, select')?.focus()
  }

  /** Adds a card and offers the next one. */
  async add(): Promise<void> {
    const created = await this.#create()
    if (!created) return
    this.#created(created)
    await this.open()
  }

  /** Adds a card and goes on in its whole form. */
  async edit(): Promise<void> {
    const created = await this.#create()
    if (created) visit(created.url)
  }

  close(): void {
    this.#box.removeEventListener('keydown', this.#key)
    this.#box.removeEventListener('submit', this.#submitted, true)
    this.#box.replaceChildren()
    this.#column.querySelector<HTMLElement>('[data-action="kanban#quickCreate"]')?.focus()
  }

  #question(): { path: string; key: string } {
    return { path: location.pathname + location.search, key: this.#column.dataset['key'] ?? '' }
  }

  /** One record at a time: a second Enter waits for nothing and does nothing. */
  async #create(): Promise<Created | undefined> {
    if (this.#isBusy) return undefined
    this.#isBusy = true
    try {
      const given = await this.#given()
      return given && (await askPage<Created>('/odoo/kanban/create', { ...this.#question(), ...given }))
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
      return undefined
    } finally {
      this.#isBusy = false
    }
  }

  /** What was typed; `undefined` while something is missing. */
  async #given(): Promise<object | undefined> {
    const plain = this.#box.querySelector<HTMLFormElement>('[data-quick-name]')
    if (plain) {
      const name = String(new FormData(plain).get('name') ?? '').trim()
      if (name === '') plain.querySelector('input')?.focus()
      return name === '' ? undefined : { name }
    }
    // what is still being typed counts: leaving the input tells the form
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    const element = this.#box.querySelector<HTMLElement>('[data-controller~="form"]')
    const form =
      element &&
      (this.#board.application.getControllerForElementAndIdentifier(element, 'form') as FormController | null)
    if (!form) return undefined
    await form.settled()
    return element.querySelector('.o_invalid') ? undefined : { values: form.draft.changes() }
  }

  readonly #submitted = (event: Event): void => {
    event.preventDefault()
    event.stopImmediatePropagation()
    void this.add()
  }

  readonly #key = (event: KeyboardEvent): void => {
    const isChoosing = (event.target as HTMLElement).getAttribute('aria-expanded') === 'true'
    if (event.key !== 'Escape' || isChoosing) return
    event.stopPropagation()
    this.close()
  }
}
