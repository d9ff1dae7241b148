import { callMethod } from './rpc.ts'

export interface Suggestion {
  readonly id: number
  readonly text: string
}

const WAIT_MS = 80
const SHOWN = 8

/** A list of records that match what a person types, under its input; keys choose, as in a combobox. */
export class Suggestions {
  readonly #input: HTMLInputElement
  readonly #model: string
  readonly #domain: () => readonly unknown[]
  readonly #choose: (suggestion: Suggestion) => void
  #list: HTMLUListElement | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #request: AbortController | null = null
  #found: readonly Suggestion[] = []
  #active = 0

  constructor(
    input: HTMLInputElement,
    model: string,
    domain: () => readonly unknown[],
    choose: (suggestion: Suggestion) => void,
  ) {
    this.#input = input
    this.#model = model
    this.#domain = domain
    this.#choose = choose
    input.addEventListener('input', () => this.#later())
    input.addEventListener('focus', () => input.select())
    input.addEventListener('click', () => !this.#list && void this.#search(''))
    input.addEventListener('keydown', (event) => this.#key(event))
    input.addEventListener('blur', () => setTimeout(() => this.close(), 150))
  }

  close(): void {
    this.#list?.remove()
    this.#list = null
    this.#input.setAttribute('aria-expanded', 'false')
  }

  #later(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#search(this.#input.value), WAIT_MS)
  }

  async #search(text: string): Promise<void> {
    this.#request?.abort()
    this.#request = new AbortController()
    try {
      const pairs = await callMethod<[number, string][]>(
        this.#model,
        'name_search',
        [],
        { name: text, args: this.#domain(), limit: SHOWN },
        this.#request.signal,
      )
      this.#found = pairs.map(([id, name]) => ({ id, text: name }))
      this.#show()
    } catch (error) {
      if (!(error instanceof DOMException)) throw error // a later search took this one's place
    }
  }

  #show(): void {
    this.close()
    const list = document.createElement('ul')
    list.className = 'o_suggestions'
    list.role = 'listbox'
    list.id = `${this.#input.id}_suggestions`
    this.#active = 0
    for (const [i, found] of this.#found.entries()) {
      const item = document.createElement('li')
      item.role = 'option'
      item.textContent = found.text
      item.addEventListener('mousedown', (event) => {
        event.preventDefault()
        this.#take(i)
      })
      list.append(item)
    }
    this.#input.after(list)
    this.#list = list
    this.#input.setAttribute('aria-expanded', 'true')
    this.#input.setAttribute('aria-controls', list.id)
    this.#mark()
  }

  #mark(): void {
    this.#list
      ?.querySelectorAll('li')
      .forEach((item, i) => item.setAttribute('aria-selected', String(i === this.#active)))
  }

  #key(event: KeyboardEvent): void {
    if (!this.#list) {
      if (event.key === 'ArrowDown') void this.#search(this.#input.value)
      return
    }
    const count = this.#found.length
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      this.#active = (this.#active + (event.key === 'ArrowDown' ? 1 : count - 1)) % Math.max(1, count)
      this.#mark()
      event.preventDefault()
    } else if ((event.key === 'Enter' || event.key === 'Tab') && count > 0) {
      if (event.key === 'Enter') event.preventDefault()
      this.#take(this.#active)
    } else if (event.key === 'Escape') this.close()
  }

  #take(index: number): void {
    const found = this.#found[index]
    if (found) this.#choose(found)
    this.close()
  }
}
