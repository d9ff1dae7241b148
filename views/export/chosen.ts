import Sortable from 'sortablejs'
import type { ExportColumn } from './download.ts'

interface ColumnWords {
  readonly remove: string
  readonly up: string
  readonly down: string
}

/** The columns of a file in their order: dragged, or moved by buttons. */
export class ChosenColumns {
  readonly #list: HTMLOListElement
  readonly #words: ColumnWords

  constructor(list: HTMLOListElement, words: ColumnWords) {
    this.#list = list
    this.#words = words
    Sortable.create(list, { animation: 120, handle: '.o_export_label' })
  }

  get columns(): ExportColumn[] {
    return [...this.#list.children].map((item) => {
      const { name = '', label = '' } = (item as HTMLElement).dataset
      return { name, label }
    })
  }

  set(columns: readonly ExportColumn[]): void {
    this.#list.replaceChildren(...columns.map((column) => this.#item(column)))
  }

  /** Adds a column at the end, once. */
  add(column: ExportColumn): void {
    const known = [...this.#list.children].find((item) => (item as HTMLElement).dataset['name'] === column.name)
    const item = known ?? this.#item(column)
    if (!known) this.#list.append(item)
    item.scrollIntoView({ block: 'nearest' })
  }

  #item({ name, label }: ExportColumn): HTMLLIElement {
    const item = document.createElement('li')
    Object.assign(item.dataset, { name, label })
    const text = document.createElement('span')
    text.className = 'o_export_label'
    text.textContent = label
    text.title = name
    const button = (sign: string, word: string, work: () => void): HTMLButtonElement => {
      const made = document.createElement('button')
      made.type = 'button'
      made.textContent = sign
      made.setAttribute('aria-label', word.replace('%s', label))
      made.addEventListener('click', () => {
        work()
        if (made.isConnected) made.focus()
      })
      return made
    }
    item.append(
      text,
      button('↑', this.#words.up, () => item.previousElementSibling?.before(item)),
      button('↓', this.#words.down, () => item.nextElementSibling?.after(item)),
      button('×', this.#words.remove, () => item.remove()),
    )
    return item
  }
}
