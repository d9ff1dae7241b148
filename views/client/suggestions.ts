import { element } from './elements.ts'
import { notify } from './notify.ts'
import { placeBeside, showBeside } from './popup.ts'
import { callMethod } from './rpc.ts'

export interface Suggestion {
  readonly id: number
  readonly text: string
}

/** An entry under the found records: it creates one, or looks further. */
export interface Offer {
  readonly text: string
  run(): void
}

export interface SuggestionOptions {
  model(): string
  /** Which records are offered, as things are now. */
  domain(): readonly unknown[]
  context(): Readonly<Record<string, unknown>>
  /** What is offered beside the records; `isMore` says that not all are shown. */
  offers(text: string, found: readonly Suggestion[], isMore: boolean): readonly Offer[]
  choose(suggestion: Suggestion): void
  /** What is said when nothing matches. */
  readonly nothing: string
}

/** So long after a key the server is asked, unless another key follows. */
const WAIT_MS = 60
const SHOWN = 8

/** A list of records that match what a person types, under its input; keys choose, as in a combobox. */
export class Suggestions {
  readonly #input: HTMLInputElement
  readonly #options: SuggestionOptions
  #list: HTMLUListElement | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #request: AbortController | null = null
  #found: readonly Suggestion[] = []
  #offers: readonly Offer[] = []
  #active = 0
  /** Whether a person typed since the input got the focus: only then Tab takes what is marked. */
  #typed = false

  constructor(input: HTMLInputElement, options: SuggestionOptions) {
    this.#input = input
    this.#options = options
    input.addEventListener('input', () => this.#later())
    input.addEventListener('focus', () => {
      this.#typed = false
      input.select()
    })
    input.addEventListener('click', () => !input.readOnly && !this.#list && void this.#search(''))
    input.addEventListener('keydown', (event) => this.#key(event))
    input.addEventListener('blur', () => {
      this.#stop()
      this.close()
    })
  }

  close(): void {
    this.#list?.remove()
    this.#list = null
    this.#input.setAttribute('aria-expanded', 'false')
    this.#input.removeAttribute('aria-activedescendant')
    removeEventListener('scroll', this.#scrolled, true)
  }

  /** The list stays with its input when what is around it is scrolled. */
  readonly #scrolled = (event: Event): void => {
    if (this.#list && event.target !== this.#list) placeBeside(this.#list, this.#input)
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#request?.abort()
  }

  #later(): void {
    this.#typed = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#search(this.#input.value), WAIT_MS)
  }

  async #search(text: string): Promise<void> {
    this.#request?.abort()
    const request = (this.#request = new AbortController())
    try {
      const pairs = await callMethod<[number, string][]>(
        this.#options.model(),
        'name_search',
        [],
        { name: text, args: this.#options.domain(), limit: SHOWN + 1, context: this.#options.context() },
        request.signal,
      )
      if (request.signal.aborted) return
      const all = pairs.map(([id, name]) => ({ id, text: name }))
      this.#found = all.slice(0, SHOWN)
      this.#offers = this.#options.offers(text.trim(), this.#found, all.length > SHOWN)
      this.#show()
    } catch (error) {
      // a later search took this one's place
      if (!(error instanceof DOMException)) notify(error instanceof Error ? error.message : String(error), 'danger')
    }
  }

  #show(): void {
    this.close()
    const id = `${this.#input.id}_suggestions`
    const list = element('ul', { class: 'o_suggestions', role: 'listbox', id })
    const label = this.#input.getAttribute('aria-label') ?? this.#input.labels?.[0]?.textContent
    if (label) list.setAttribute('aria-label', label)
    this.#active = 0
    const rows = [
      ...this.#found.map(({ text }) => ({ text, kind: '' })),
      ...this.#offers.map(({ text }) => ({ text, kind: 'o_offer' })),
    ]
    if (this.#found.length === 0)
      list.append(element('li', { class: 'o_nothing', role: 'option', 'aria-disabled': 'true' }, this.#options.nothing))
    for (const [i, { text, kind }] of rows.entries()) {
      const item = element('li', { role: 'option', id: `${id}_${i}`, class: kind }, text)
      item.addEventListener('mousedown', (event) => {
        event.preventDefault()
        this.#take(i)
      })
      list.append(item)
    }
    showBeside(list, this.#input)
    this.#list = list
    addEventListener('scroll', this.#scrolled, true)
    this.#input.setAttribute('aria-expanded', 'true')
    this.#input.setAttribute('aria-controls', id)
    this.#mark()
  }

  #mark(): void {
    const items = this.#list?.querySelectorAll('li:not(.o_nothing)') ?? []
    items.forEach((item, i) => item.setAttribute('aria-selected', String(i === this.#active)))
    const active = items[this.#active]
    if (active) this.#input.setAttribute('aria-activedescendant', active.id)
    active?.scrollIntoView({ block: 'nearest' })
  }

  #key(event: KeyboardEvent): void {
    if (this.#input.readOnly) return
    if (!this.#list) {
      if (event.key === 'ArrowDown' && !event.altKey) {
        event.preventDefault()
        void this.#search(this.#typed ? this.#input.value : '')
      }
      return
    }
    const count = this.#found.length + this.#offers.length
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      this.#active = (this.#active + (event.key === 'ArrowDown' ? 1 : count - 1)) % Math.max(1, count)
      this.#mark()
      event.preventDefault()
    } else if (event.key === 'Enter') {
      event.preventDefault()
      this.#take(this.#active)
    } else if (event.key === 'Tab') {
      if (this.#typed && this.#input.value.trim() !== '' && this.#active < this.#found.length) this.#take(this.#active)
    } else if (event.key === 'Escape') {
      // only the list is left, not the line or the dialog around it
      event.preventDefault()
      event.stopPropagation()
      this.close()
    }
  }

  #take(index: number): void {
    this.#stop()
    this.#typed = false
    const found = this.#found[index]
    const offer = this.#offers[index - this.#found.length]
    this.close()
    if (found) this.#options.choose(found)
    else offer?.run()
  }
}
