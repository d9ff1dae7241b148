import { Controller } from '@hotwired/stimulus'
import { visit } from '@hotwired/turbo'
import { isModified, scopeOf, type Modifiers } from '../arch/modifiers.ts'
import type { Fields } from '../page.ts'
import { askPage, RpcError } from './rpc.ts'
import { FormDraft } from './form-draft.ts'
import type { FieldChange } from './field.ts'
import { notify } from './notify.ts'

interface FormState {
  readonly model: string
  readonly id: number | null
  readonly view: number | false
  readonly values: Readonly<Record<string, unknown>>
  readonly types: Readonly<Record<string, string>>
  readonly context: Readonly<Record<string, unknown>>
}

interface Changed {
  readonly values: Readonly<Record<string, unknown>>
  /** Name of a field -> its HTML. */
  readonly patches: Readonly<Record<string, string>>
  readonly warning?: { readonly title: string; readonly message: string }
}

/** A form: holds the draft, asks the server what a change brings, saves. */
export class FormController extends Controller<HTMLFormElement> {
  static override targets = ['state']
  declare readonly stateTarget: HTMLScriptElement
  #state!: FormState
  #draft!: FormDraft
  /** Answers to older questions must not overwrite what came later. */
  #asked = 0
  #waiting: Promise<unknown> = Promise.resolve()

  override connect(): void {
    this.#state = JSON.parse(this.stateTarget.textContent ?? '{}') as FormState
    this.#draft = new FormDraft(this.#state.id, this.#state.values)
    this.element.addEventListener('field:change', this.#changed as EventListener)
    this.element.addEventListener('submit', this.#submitted)
  }

  override disconnect(): void {
    this.element.removeEventListener('field:change', this.#changed as EventListener)
    this.element.removeEventListener('submit', this.#submitted)
  }

  readonly #submitted = (event: Event): void => {
    event.preventDefault()
    void this.save()
  }

  readonly #changed = (event: CustomEvent<FieldChange>): void => {
    const { name, value } = event.detail
    this.#draft.set(name, value)
    this.#markDirty()
    this.#applyModifiers()
    this.#waiting = this.#ask(name)
  }

  async #ask(field: string): Promise<void> {
    this.#asked += 1
    const mine = this.#asked
    const { model, view, context } = this.#state
    try {
      const answer = await askPage<Changed>('/odoo/form/change', { model, view, context, id: this.#draft.id, changes: this.#draft.changes(), field })
      if (mine !== this.#asked) return
      this.#draft.apply(answer.values)
      for (const [name, html] of Object.entries(answer.patches)) this.#patch(name, html)
      this.#applyModifiers()
      if (answer.warning) notify(answer.warning.message, 'warning')
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
    }
  }

  /** Puts the new HTML of a field in place; the input that a person is in keeps the focus. */
  #patch(name: string, html: string): void {
    for (const element of this.element.querySelectorAll(`[data-field="${name}"]`)) {
      const focused = element.contains(document.activeElement) ? document.activeElement?.id : undefined
      const template = document.createElement('template')
      template.innerHTML = html
      const fresh = template.content.firstElementChild
      if (!fresh) continue
      element.replaceWith(fresh)
      if (focused) document.getElementById(focused)?.focus()
    }
  }

  /** Saves the draft and shows the record as it then is. */
  async save(): Promise<boolean> {
    await this.#waiting
    if (this.element.querySelector('.o_invalid')) return false
    const { model, view, context } = this.#state
    try {
      const { url } = await askPage<{ url: string }>('/odoo/form/save', {
        model, view, context, id: this.#draft.id, changes: this.#draft.changes(), path: location.pathname + location.search,
      })
      this.element.classList.remove('o_dirty')
      visit(url, { action: 'replace' })
      return true
    } catch (error) {
      if (error instanceof RpcError && typeof error.details['field'] === 'string') this.#showInvalid(error.details['field'])
      notify(error instanceof Error ? error.message : String(error), 'danger')
      return false
    }
  }

  discard(): void {
    visit(location.href, { action: 'replace' })
  }

  #showInvalid(name: string): void {
    const field = this.element.querySelector(`[data-field="${name}"]`)
    field?.classList.add('o_invalid')
    field?.querySelector<HTMLElement>('input, select, textarea')?.focus()
  }

  #markDirty(): void {
    this.element.classList.add('o_dirty')
  }

  /** Shows, hides, opens and closes what depends on values, without asking the server. */
  #applyModifiers(): void {
    const fields = Object.fromEntries(Object.entries(this.#state.types).map(([name, type]) => [name, { name, type, string: name }])) as Fields
    const scope = scopeOf(this.#draft.values, fields, this.#state.context)
    for (const element of this.element.querySelectorAll<HTMLElement>('[data-modifiers]')) {
      const modifiers = JSON.parse(element.dataset['modifiers'] ?? '{}') as Modifiers
      if (modifiers.invisible !== undefined) this.#show(element, !isModified(modifiers.invisible, scope))
      const input = element.querySelector<HTMLInputElement>('[data-field-input]')
      if (modifiers.readonly !== undefined && input) {
        const readonly = isModified(modifiers.readonly, scope)
        if (input instanceof HTMLSelectElement || input.type === 'checkbox') input.disabled = readonly
        else input.readOnly = readonly
      }
      if (modifiers.required !== undefined) {
        const required = isModified(modifiers.required, scope)
        element.classList.toggle('o_required', required)
        if (input) input.required = required
      }
    }
  }

  #show(element: HTMLElement, shown: boolean): void {
    element.hidden = !shown
    const label = element.dataset['field'] && element.parentElement?.querySelector<HTMLElement>(`[data-label-of="${element.dataset['field']}"]`)
    if (label) label.hidden = !shown
  }
}
