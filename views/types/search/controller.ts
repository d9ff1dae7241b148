import { Controller } from '@hotwired/stimulus'
import { visit } from '@hotwired/turbo'
import { confirmed } from '../../client/confirm.ts'
import { notify } from '../../client/notify.ts'
import { askPage, callMethod } from '../../client/rpc.ts'

interface SearchedField {
  readonly name: string
  readonly label: string
  readonly type: string
  readonly relation: string | null
  readonly selection: readonly (readonly [value: string, label: string])[] | null
}

interface SearchBoxState {
  readonly query: string
  readonly path: string
  readonly model: string
  readonly action: number | false
  readonly fields: readonly SearchedField[]
  readonly choices: readonly { readonly label: string; readonly href: string; readonly isOn: boolean }[]
  readonly words: { readonly search: string; readonly none: string }
}

/** One line under the search box. */
interface Option {
  readonly label: string
  readonly href: string
  /** The field whose values it can be opened for. */
  readonly field?: SearchedField
  readonly isInside?: boolean
}

const SHOWN = 8
const CUT = '~'

/** The search box: proposes fields and filters for what is typed; everything that it does is an address. */
export class SearchController extends Controller<HTMLElement> {
  static override targets = ['form', 'input', 'options', 'remove']
  static override values = { state: Object }
  declare readonly inputTarget: HTMLInputElement
  declare readonly optionsTarget: HTMLUListElement
  declare readonly removeTargets: HTMLAnchorElement[]
  declare readonly stateValue: SearchBoxState
  #options: readonly Option[] = []
  #active = 0

  override connect(): void {
    document.addEventListener('click', this.#outside)
  }

  override disconnect(): void {
    document.removeEventListener('click', this.#outside)
  }

  typed(): void {
    this.#show(this.#proposals(this.inputTarget.value.trim()))
  }

  key(event: KeyboardEvent): void {
    const { value } = this.inputTarget
    const option = this.#options[this.#active]
    if (event.key === 'Backspace' && value === '') this.removeTargets.at(-1)?.click()
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const count = this.#options.length
      if (count === 0) return
      this.#active = (this.#active + (event.key === 'ArrowDown' ? 1 : count - 1)) % count
      this.#mark()
      event.preventDefault()
    } else if (event.key === 'ArrowRight' && option?.field && this.inputTarget.selectionStart === value.length) {
      event.preventDefault()
      void this.#open(option.field, value.trim())
    } else if (event.key === 'Escape') this.#close()
  }

  submit(event: Event): void {
    event.preventDefault()
    const option = this.#options[this.#active]
    if (option) visit(option.href)
  }

  async save(event: Event): Promise<void> {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const data = new FormData(form)
    try {
      await askPage('/odoo/search/save', {
        model: this.stateValue.model,
        action: this.stateValue.action,
        path: location.pathname + location.search,
        name: String(data.get('name') ?? ''),
        isDefault: data.get('is_default') !== null,
        isShared: data.get('shared') !== null,
      })
      visit(location.href, { action: 'replace' })
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
    }
  }

  async forget(event: Event): Promise<void> {
    const { id, confirm } = (event.currentTarget as HTMLElement).dataset
    if (!(await confirmed(confirm ?? ''))) return
    try {
      await callMethod('ir.filters', 'unlink', [[Number(id)]])
      visit(location.href, { action: 'replace' })
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
    }
  }

  #proposals(text: string): Option[] {
    if (text === '') return []
    const { fields, choices, words } = this.stateValue
    const folded = text.toLowerCase()
    const ofFields = fields.flatMap((field): Option[] => {
      const label = words.search.replace('%s', field.label).replace('%s', text)
      if (field.type === 'selection' || field.type === 'boolean')
        return (field.selection ?? [])
          .filter(([, one]) => one.toLowerCase().includes(folded))
          .map(([value, one]) => ({
            label: words.search.replace('%s', field.label).replace('%s', one),
            href: this.#hrefOfValue(field, value, one),
          }))
      return [{ label, href: this.#hrefOfText(field, text), ...(field.relation ? { field } : {}) }]
    })
    const ofFilters = choices
      .filter(({ label, isOn }) => !isOn && label.toLowerCase().includes(folded))
      .map(({ label, href }): Option => ({ label, href }))
    return [...ofFields, ...ofFilters.slice(0, SHOWN)]
  }

  /** Values of a relation in place of the line that searches for the text. */
  async #open(field: SearchedField, text: string): Promise<void> {
    const pairs = await callMethod<[number, string][]>(field.relation ?? '', 'name_search', [], {
      name: text,
      limit: SHOWN,
    })
    const inside = pairs.map(([id, name]): Option => ({
      label: name,
      href: this.#hrefOfValue(field, String(id), name),
      isInside: true,
    }))
    const at = this.#options.findIndex((option) => option.field === field)
    const none: Option[] = [{ label: this.stateValue.words.none, href: this.#options[at]?.href ?? '', isInside: true }]
    const others = this.#options.filter(({ isInside }) => !isInside)
    this.#show(others.toSpliced(at + 1, 0, ...(inside.length > 0 ? inside : none)), at + 1)
  }

  #hrefOfText({ name }: SearchedField, text: string): string {
    return this.#href('s', [name, text].join(CUT))
  }

  #hrefOfValue({ name }: SearchedField, value: string, label: string): string {
    return this.#href('v', [name, value, label].join(CUT))
  }

  #href(parameter: string, value: string): string {
    const query = new URLSearchParams(this.stateValue.query)
    query.append(parameter, value)
    return `${this.stateValue.path}?${query.toString()}`
  }

  #show(options: readonly Option[], active = 0): void {
    this.#options = options
    this.#active = active
    const list = this.optionsTarget
    list.replaceChildren(
      ...options.map((option, i) => {
        const item = document.createElement('li')
        item.role = 'option'
        item.id = `search_option_${i}`
        item.textContent = option.label
        item.classList.toggle('o_inside', option.isInside === true)
        item.classList.toggle('o_expandable', option.field !== undefined)
        item.addEventListener('mousedown', (event) => {
          event.preventDefault()
          visit(option.href)
        })
        return item
      }),
    )
    list.hidden = options.length === 0
    this.inputTarget.setAttribute('aria-expanded', String(options.length > 0))
    this.#mark()
  }

  #mark(): void {
    for (const [i, item] of [...this.optionsTarget.children].entries())
      item.setAttribute('aria-selected', String(i === this.#active))
    const active = this.#options[this.#active]
    if (active) this.inputTarget.setAttribute('aria-activedescendant', `search_option_${this.#active}`)
    else this.inputTarget.removeAttribute('aria-activedescendant')
  }

  #close(): void {
    this.#show([])
  }

  readonly #outside = (event: Event): void => {
    if (!this.element.contains(event.target as Node)) this.#close()
  }
}
