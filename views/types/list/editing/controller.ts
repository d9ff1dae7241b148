import { Controller } from '@hotwired/stimulus'
import { visit } from '@hotwired/turbo'
import { scopeOf } from '../../../arch/modifiers.ts'
import { applyModifiers } from '../../../client/apply-modifiers.ts'
import { confirmed } from '../../../client/confirm.ts'
import type { FieldChange } from '../../../client/field.ts'
import { FormDraft } from '../../../client/form-draft.ts'
import { notify } from '../../../client/notify.ts'
import { askPage } from '../../../client/rpc.ts'
import { hear, type Selected } from '../../../client/selection-events.ts'
import type { Fields } from '../../../page.ts'
import type { Scope } from '../../../../core/expr/values.ts'
import { clearInvalid, isValid, showRefusal } from './invalid.ts'
import { controlsOf, focusIn, replaceCells, replaceRow, rowOf, type EditSetting, type OpenRow } from './open-row.ts'

const NEW_ROW = 'virtual_new'

/** Rows that are edited in place: a click opens one, Tab and Enter go on, Escape leaves it as it was. */
export class ListEditingController extends Controller<HTMLElement> {
  static override values = { setting: Object }
  declare readonly settingValue: EditSetting
  #open: OpenRow | null = null
  #selected: Selected = []
  #asked = 0
  #waiting: Promise<unknown> = Promise.resolve()
  #deafen: () => void = () => undefined

  override connect(): void {
    this.element.addEventListener('click', this.#clicked, { capture: true })
    this.element.addEventListener('keydown', this.#key)
    this.element.addEventListener('field:change', this.#changed as EventListener)
    this.element.addEventListener('record:scope', this.#scopeAsked as EventListener)
    document.addEventListener('click', this.#outside, { capture: true })
    document.addEventListener('turbo:before-visit', this.#leaving)
    window.addEventListener('beforeunload', this.#unloading)
    this.#deafen = hear('list:selected', ({ selected }) => (this.#selected = selected))
  }

  override disconnect(): void {
    this.element.removeEventListener('click', this.#clicked, { capture: true })
    this.element.removeEventListener('keydown', this.#key)
    this.element.removeEventListener('field:change', this.#changed as EventListener)
    this.element.removeEventListener('record:scope', this.#scopeAsked as EventListener)
    document.removeEventListener('click', this.#outside, { capture: true })
    document.removeEventListener('turbo:before-visit', this.#leaving)
    window.removeEventListener('beforeunload', this.#unloading)
    this.#deafen()
  }

  readonly #clicked = (event: MouseEvent): void => {
    const target = event.target as HTMLElement
    const row = target.closest<HTMLElement>('.o_row')
    if (!row || 'editing' in row.dataset || event.ctrlKey || event.metaKey || event.button !== 0) return
    const isLink = target.closest('.o_row_link') !== null
    if (!isLink && target.closest('a, button, input, label, .o_select, .o_row_handle, summary')) return
    const many = this.#manyOf(row)
    if (!many && !this.settingValue.editable) return
    event.preventDefault()
    event.stopPropagation()
    const name = target.closest<HTMLElement>('[data-name]')?.dataset['name']
    void this.#edit(row, { ...(name ? { name } : {}), selected: many })
  }

  /** The selection that a change of a row is for: it must be part of it, and not alone. */
  #manyOf(row: HTMLElement): Selected | null {
    const isPart = row.querySelector<HTMLInputElement>('.o_select input')?.checked === true
    if (!this.settingValue.isMulti || !isPart) return null
    return this.#selected === 'all' || this.#selected.length > 1 || !this.settingValue.editable ? this.#selected : null
  }

  /** A click elsewhere leaves the row; one on New makes another. */
  readonly #outside = (event: MouseEvent): void => {
    const target = event.target as HTMLElement
    const { editable, canCreate } = this.settingValue
    const isNew = target.closest('a.o_new') !== null && editable !== null && canCreate
    if (isNew && !event.ctrlKey && !event.metaKey && !this.element.classList.contains('o_grouped')) {
      event.preventDefault()
      event.stopPropagation()
      void this.#add()
    } else if (
      this.#open &&
      !this.element.contains(target) &&
      !target.closest('dialog, .o_suggestions, .o_popover, .o_notifications, a')
    )
      void this.#leave()
  }

  async #edit(
    row: HTMLElement,
    { name, isLast = false, selected = null }: { name?: string; isLast?: boolean; selected?: Selected | null } = {},
  ): Promise<void> {
    if (!(await this.#leave())) return
    const id = Number(row.dataset['id'])
    const drawn = await this.#ask<{ html: string; values: Readonly<Record<string, unknown>> }>('row', {
      id,
      changes: {},
      editing: true,
    })
    const fresh = drawn && rowOf(drawn.html)
    if (!fresh) return
    replaceRow(row, fresh)
    this.#open = { element: fresh, draft: new FormDraft(id, drawn.values, this.settingValue.types), selected }
    this.#applyModifiers()
    focusIn(fresh, name, isLast)
  }

  async #add(): Promise<void> {
    if (!(await this.#leave())) return
    const drawn = await this.#ask<{ html: string; values: Readonly<Record<string, unknown>> }>('row', {
      id: null,
      changes: {},
      editing: true,
    })
    const fresh = drawn && rowOf(drawn.html)
    const body = this.element.querySelector('tbody')
    if (!fresh || !body) return
    this.element.querySelector('.o_empty')?.remove()
    for (const sample of body.querySelectorAll('.o_sample')) sample.remove()
    if (this.settingValue.editable === 'top') body.prepend(fresh)
    else body.append(fresh)
    const { id: _id, ...values } = drawn.values
    this.#open = { element: fresh, draft: new FormDraft(null, values, this.settingValue.types), selected: null }
    this.#applyModifiers()
    fresh.scrollIntoView({ block: 'nearest' })
    focusIn(fresh)
  }

  readonly #changed = (event: CustomEvent<FieldChange>): void => {
    const open = this.#open
    if (!open?.element.contains(event.target as Node)) return
    event.stopPropagation()
    const { name, value, along = {}, draw = false } = event.detail
    for (const [other, its] of Object.entries(along)) open.draft.set(other, its)
    open.draft.set(name, value)
    clearInvalid(open.element.querySelector(`[data-field="${CSS.escape(name)}"]`))
    this.#applyModifiers()
    this.#waiting = open.selected === null ? this.#bring(open, name, draw) : this.#writeMany(open, name)
  }

  /** Asks what a change brings, and shows it. */
  async #bring(open: OpenRow, field: string, draw: boolean): Promise<void> {
    this.#asked += 1
    const mine = this.#asked
    const answer = await this.#ask<{
      values: Readonly<Record<string, unknown>>
      cells: Readonly<Record<string, string>>
      warning?: { readonly message: string }
    }>('change', { id: open.draft.id, changes: open.draft.changes(), field, draw })
    if (!answer || mine !== this.#asked || this.#open !== open) return
    open.draft.apply(answer.values)
    replaceCells(open.element, answer.cells)
    this.#applyModifiers()
    if (answer.warning) notify(answer.warning.message, 'warning')
  }

  /** Writes one change to all selected rows, after a question. */
  async #writeMany(open: OpenRow, field: string): Promise<void> {
    const { selected } = open
    if (selected === null) return
    const { words } = this.settingValue
    const label =
      open.element.querySelector<HTMLElement>(`td[data-name="${CSS.escape(field)}"]`)?.dataset['label'] ?? field
    const count =
      selected === 'all' ? (document.querySelector('.o_selected_count')?.textContent ?? '') : selected.length
    const changes = Object.fromEntries(Object.entries(open.draft.changes()).filter(([name]) => name === field))
    this.#open = null
    if (await confirmed(words.many.replace('%s', label).replace('%s', String(count)), words.change)) {
      const written = await this.#ask<number>('write', { selected, changes })
      await this.#restore(open)
      if (written !== null) visit(location.href, { action: 'replace' })
    } else await this.#restore(open)
  }

  readonly #key = (event: KeyboardEvent): void => {
    const open = this.#open
    const target = event.target as HTMLElement
    if (!open?.element.contains(target) || event.defaultPrevented) return
    if (event.key === 'Escape') {
      event.preventDefault()
      void this.#discard()
    } else if (
      event.key === 'Enter' &&
      !(target instanceof HTMLTextAreaElement) &&
      !(target instanceof HTMLButtonElement)
    ) {
      event.preventDefault()
      void this.#go(1)
    } else if (event.key === 'Tab') {
      const inputs = controlsOf(open.element)
      const edge = event.shiftKey ? inputs[0] : inputs.at(-1)
      if (target !== edge || open.selected !== null) return
      event.preventDefault()
      void this.#go(event.shiftKey ? -1 : 1, event.shiftKey)
    }
  }

  /** Goes on to another row; after the last one comes a new one, where rows are added there. */
  async #go(step: 1 | -1, isLast = false): Promise<void> {
    const { editable, canCreate } = this.settingValue
    const open = this.#open
    const before = open?.element
    // leaving the input tells of its value first
    ;(document.activeElement as HTMLElement | null)?.blur()
    await this.#waiting
    // one change for many rows is asked for once: there is no row to go on to
    if (open?.selected) return void (await this.#leave())
    const wasNew = before?.dataset['id'] === NEW_ROW
    const rows = [...this.element.querySelectorAll<HTMLElement>('.o_row')]
    const next = before && rows[rows.indexOf(before) + step]
    if (editable === null) return void (await this.#leave())
    if (wasNew && step === 1 && editable === 'top' && canCreate) return this.#add()
    if (next) return this.#edit(next, { isLast })
    if (step === 1 && editable === 'bottom' && canCreate && !this.element.classList.contains('o_grouped'))
      return this.#add()
    await this.#leave()
  }

  /** Saves the open row; `false` when it may not be left as it is. */
  async #leave(): Promise<boolean> {
    const open = this.#open
    if (!open) return true
    const active = document.activeElement as HTMLElement | null
    if (active && open.element.contains(active)) active.blur()
    await this.#waiting
    if (this.#open !== open) return this.#open === null
    const { draft, element } = open
    if (draft.id === null && !draft.isDirty) {
      element.remove()
      this.#open = null
      return true
    }
    if (!draft.isDirty) {
      this.#open = null
      await this.#restore(open)
      return true
    }
    if (!isValid(open, this.settingValue.words.required)) return false
    try {
      const path = location.pathname + location.search
      const saved = await askPage<{ html: string }>('/odoo/list/save', { path, id: draft.id, changes: draft.changes() })
      const fresh = rowOf(saved.html)
      this.#open = null
      if (fresh) {
        replaceRow(element, fresh)
      }
      return true
    } catch (error) {
      showRefusal(open, error)
      return false
    }
  }

  async #discard(): Promise<void> {
    const open = this.#open
    if (!open) return
    this.#open = null
    this.#asked += 1
    if (open.draft.id === null) open.element.remove()
    else await this.#restore(open)
  }

  /** Shows a row as it is saved. */
  async #restore({ element, draft }: OpenRow): Promise<void> {
    const drawn = await this.#ask<{ html: string }>('row', { id: draft.id, changes: {}, editing: false })
    const fresh = drawn && rowOf(drawn.html)
    if (!fresh) return
    replaceRow(element, fresh)
    const hadFocus = document.activeElement === document.body || document.activeElement === null
    if (hadFocus) fresh.querySelector<HTMLElement>('.o_row_link')?.focus({ preventScroll: true })
  }

  #scope(): Scope {
    const { types, context } = this.settingValue
    const fields = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { name, type, string: name }]))
    return scopeOf(this.#open?.draft.values ?? {}, fields as Fields, context)
  }

  /** Widgets in the row ask what expressions see of its record. */
  readonly #scopeAsked = (event: CustomEvent<{ scope: Scope }>): void => {
    event.detail.scope = this.#scope()
  }

  #applyModifiers(): void {
    if (this.#open) applyModifiers(this.#open.element, this.#scope(), () => this.#scope())
  }

  readonly #leaving = (event: Event): void => {
    if (!this.#open?.draft.isDirty) return
    const { url } = (event as CustomEvent<{ url: string }>).detail
    event.preventDefault()
    void this.#leave().then((left) => left && visit(url))
  }

  readonly #unloading = (event: BeforeUnloadEvent): void => {
    if (this.#open?.draft.isDirty) event.preventDefault()
  }

  async #ask<T>(route: string, question: object): Promise<T | null> {
    try {
      return await askPage<T>(`/odoo/list/${route}`, { path: location.pathname + location.search, ...question })
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
      return null
    }
  }
}
