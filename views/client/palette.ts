import { Controller } from '@hotwired/stimulus'
import { visit } from '@hotwired/turbo'

interface Entry {
  readonly label: string
  readonly group: string
  /** Where it leads, or the button that it presses. */
  readonly href?: string
  readonly button?: HTMLElement
}

const WAIT_MS = 60

/** Ctrl+K: menus, records and the buttons of the page, found by what they are called. */
export class PaletteController extends Controller<HTMLElement> {
  #entries: readonly Entry[] = []
  #active = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #request: AbortController | null = null

  override connect(): void {
    document.addEventListener('keydown', this.#shortcut)
    this.#input?.addEventListener('input', this.#typed)
    this.#input?.addEventListener('keydown', this.#key)
  }

  override disconnect(): void {
    document.removeEventListener('keydown', this.#shortcut)
  }

  open(): void {
    if (!this.#dialog || this.#dialog.open || !this.#input) return
    this.#input.value = ''
    this.#dialog.showModal()
    void this.#search('')
  }

  get #dialog(): HTMLDialogElement | null {
    return this.element.querySelector<HTMLDialogElement>('#palette')
  }

  get #input(): HTMLInputElement | null {
    return this.element.querySelector<HTMLInputElement>('#palette_input')
  }

  readonly #shortcut = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    this.open()
  }

  readonly #typed = (): void => {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#search(this.#input?.value ?? ''), WAIT_MS)
  }

  readonly #key = (event: KeyboardEvent): void => {
    const count = this.#entries.length
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && count > 0) {
      this.#active = (this.#active + (event.key === 'ArrowDown' ? 1 : count - 1)) % count
      this.#mark()
      event.preventDefault()
    } else if (event.key === 'Enter') {
      event.preventDefault()
      this.#take(this.#entries[this.#active])
    }
  }

  async #search(text: string): Promise<void> {
    this.#request?.abort()
    this.#request = new AbortController()
    const model = this.element.querySelector<HTMLElement>('[data-model]')?.dataset['model']
    const query = new URLSearchParams({ q: text, ...(model === undefined ? {} : { model }) })
    try {
      const answer = await fetch(`/odoo/palette?${query.toString()}`, { signal: this.#request.signal })
      const { entries } = (await answer.json()) as { entries: readonly Entry[] }
      this.#show([...this.#buttons(text), ...entries])
    } catch (error) {
      if (!(error instanceof DOMException)) throw error // a later search took this one's place
    }
  }

  /** Buttons of the page that are called so. */
  #buttons(text: string): Entry[] {
    const wanted = text.trim().toLowerCase()
    if (wanted === '') return []
    const group = document.querySelector('.o_breadcrumb h1')?.textContent ?? ''
    return [...document.querySelectorAll<HTMLElement>('.o_panel .btn, .o_form_header .btn, .o_form_status button')]
      .filter((button) => button.checkVisibility())
      .map((button) => ({ button, group, label: (button.textContent || button.ariaLabel || '').trim() }))
      .filter(({ label }) => label.toLowerCase().includes(wanted))
  }

  #show(entries: readonly Entry[]): void {
    this.#entries = entries
    this.#active = 0
    const list = this.#dialog?.querySelector('ul')
    list?.replaceChildren(
      ...entries.map((entry, i) => {
        const item = document.createElement('li')
        item.role = 'option'
        item.id = `palette_${i}`
        const group = document.createElement('small')
        group.textContent = entry.group
        item.append(entry.label, group)
        item.addEventListener('click', () => this.#take(entry))
        return item
      }),
    )
    const none = this.#dialog?.querySelector('p')
    if (none) none.hidden = entries.length > 0
    this.#mark()
  }

  #mark(): void {
    const items = [...(this.#dialog?.querySelectorAll('li') ?? [])]
    for (const [i, item] of items.entries()) item.setAttribute('aria-selected', String(i === this.#active))
    items[this.#active]?.scrollIntoView({ block: 'nearest' })
    if (items.length > 0) this.#input?.setAttribute('aria-activedescendant', `palette_${this.#active}`)
    else this.#input?.removeAttribute('aria-activedescendant')
  }

  #take(entry: Entry | undefined): void {
    if (!entry) return
    this.#dialog?.close()
    if (entry.button) entry.button.click()
    else if (entry.href !== undefined) visit(entry.href)
  }
}
