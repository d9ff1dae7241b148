import { Controller, type Application } from '@hotwired/stimulus'
import { visit } from '@hotwired/turbo'
import { scopeOf } from '../arch/modifiers.ts'
import type { Scope } from '../../core/expr/values.ts'
import type { LineId } from '../lines.ts'
import type { Fields } from '../page.ts'
import { askPage, RpcError } from './rpc.ts'
import { FormDraft } from './form-draft.ts'
import { saveDraft } from './form-save.ts'
import type { FieldChange } from './field.ts'
import { confirmed } from './confirm.ts'
import { follow, type Next } from './follow.ts'
import { applyModifiers } from './apply-modifiers.ts'
import { lineId } from './elements.ts'
import { linesInEditing, patchField, patchRows } from './form-patch.ts'
import { notify } from './notify.ts'

interface FormState {
  readonly model: string
  readonly id: number | null
  readonly view: number | false
  readonly prefix: string
  /** Of the record as it is shown; `null` for a new one. */
  readonly version: string | null
  readonly values: Readonly<Record<string, unknown>>
  readonly types: Readonly<Record<string, string>>
  readonly context: Readonly<Record<string, unknown>>
}

/** What a button of an arch says that it does. */
interface ButtonCall {
  readonly name: string
  readonly type: string
  readonly special?: string | null
  readonly confirm?: string | null
  readonly confirmLabel?: string | null
}

/** A line that a change was made in, or that the server is asked to draw. */
export interface LinePlace {
  readonly field: string
  readonly line: LineId
}

/** What a question about a change is told of it. */
interface ChangeOf {
  /** The field of a line that was changed. */
  readonly line?: { readonly id: LineId; readonly name: string }
  /** Whether the changed field is to be drawn anew too. */
  readonly draw?: boolean
}

interface Changed {
  readonly values: Readonly<Record<string, unknown>>
  /** Name of a field -> its HTML. */
  readonly patches: Readonly<Record<string, string>>
  /** Name of a field -> name of a line -> its HTML. */
  readonly rows: Readonly<Record<string, Readonly<Record<string, string>>>>
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
    this.#begin()
    // a page that is drawn over itself keeps the form and changes what is in it
    document.addEventListener('turbo:morph', this.#begin)
    this.element.addEventListener('field:change', this.#changed as EventListener)
    this.element.addEventListener('submit', this.#submitted)
    document.addEventListener('turbo:before-visit', this.#leaving)
    window.addEventListener('beforeunload', this.#unloading)
    if (this.#state.id === null) this.touch()
  }

  override disconnect(): void {
    document.removeEventListener('turbo:morph', this.#begin)
    document.removeEventListener('turbo:before-visit', this.#leaving)
    window.removeEventListener('beforeunload', this.#unloading)
    this.element.removeEventListener('field:change', this.#changed as EventListener)
    this.element.removeEventListener('submit', this.#submitted)
  }

  readonly #begin = (): void => {
    this.#state = JSON.parse(this.stateTarget.textContent ?? '{}') as FormState
    this.#draft = new FormDraft(this.#state.id, this.#state.values, this.#state.types)
  }

  readonly #submitted = (event: Event): void => {
    event.preventDefault()
    void this.save()
  }

  get draft(): FormDraft {
    return this.#draft
  }

  readonly #changed = (event: CustomEvent<FieldChange>): void => {
    const { name, value, along = {}, draw = false } = event.detail
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-line]')
    const owner = row?.closest<HTMLElement>('[data-controller~="one2many"]')?.closest<HTMLElement>('[data-field]')
    if (row && owner) {
      const place: LinePlace = { field: owner.dataset['field'] ?? '', line: lineId(row) }
      this.#draft.setLine(place.field, place.line, { ...along, [name]: value })
      this.ask(place.field, { line: { id: place.line, name } })
    } else {
      for (const [other, its] of Object.entries(along)) this.#draft.set(other, its)
      this.#draft.set(name, value)
      this.ask(name, { draw })
    }
  }

  /** Asks what a change of a field brings, and shows it. */
  ask(field: string, about: ChangeOf = {}): void {
    this.touch()
    this.#applyModifiers()
    this.#waiting = this.#ask(field, about)
  }

  /** Resolves once the last question is answered. */
  async settled(): Promise<void> {
    await this.#waiting
  }

  /** What every question about this form tells of it. */
  question(): Readonly<Record<string, unknown>> {
    const { model, view, context, prefix } = this.#state
    return { model, view, context, prefix, id: this.#draft.id, changes: this.#draft.changes() }
  }

  async #ask(field: string, about: ChangeOf): Promise<void> {
    this.#asked += 1
    const mine = this.#asked
    try {
      const answer = await askPage<Changed>('/odoo/form/change', {
        ...this.question(),
        field,
        editing: linesInEditing(this.element),
        ...about,
      })
      if (mine !== this.#asked) return
      this.#draft.apply(answer.values)
      for (const [name, html] of Object.entries(answer.patches)) patchField(this.element, name, html)
      for (const [name, rows] of Object.entries(answer.rows))
        patchRows(this.element, name, rows, this.#draft.lines(name))
      this.#applyModifiers()
      if (answer.warning) notify(answer.warning.message, 'warning')
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
    }
  }

  /** Saves what is unsaved without leaving the page; whether the record is saved then. */
  async persisted(): Promise<boolean> {
    if (!this.#draft.isDirty && this.#draft.id !== null) return true
    return (await this.#persist()) !== null
  }

  /** Shows the record as it is saved. */
  reload(): void {
    if (!this.#inDialog) visit(location.href, { action: 'replace' })
  }

  /** Draws a field anew whose records were changed elsewhere. */
  redraw(field: string): void {
    this.#waiting = this.#ask(field, { draw: true })
  }

  /** Saves the draft and shows the record as it then is. */
  async save(): Promise<boolean> {
    const url = await this.#persist()
    if (url === null) return false
    if (!this.#inDialog) visit(url, { action: 'replace' })
    else this.element.dispatchEvent(new CustomEvent('form:saved', { bubbles: true, detail: this.#draft.id }))
    return true
  }

  /** Leaves the draft: shows what is saved. */
  discard(): void {
    this.element.classList.remove('o_dirty')
    this.#begin()
    if (this.#inDialog) this.#closeDialog()
    else if (this.#draft.id === null) history.back()
    else visit(location.href, { action: 'replace' })
  }

  /** Presses a button of the arch: saves what is unsaved, carries out what the button says, follows its answer. */
  async press(event: Event): Promise<void> {
    const button = event.currentTarget as HTMLButtonElement
    const call = JSON.parse(button.dataset['call'] ?? '{}') as ButtonCall
    if (call.special === 'cancel') return this.#closeDialog()
    if (call.special === 'save') return void (await this.save())
    if (call.confirm && !(await confirmed(call.confirm, call.confirmLabel))) return
    button.disabled = true
    try {
      if ((this.#draft.isDirty || this.#draft.id === null) && (await this.#persist()) === null) return
      const { model, context } = this.#state
      follow(
        await askPage<Next>('/odoo/form/button', {
          model,
          context,
          id: this.#draft.id,
          call,
          path: location.pathname + location.search,
        }),
      )
      if (this.#inDialog) this.#closeDialog()
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
    } finally {
      button.disabled = false
    }
  }

  /** What expressions see of the draft. */
  recordScope(): Scope {
    const fields = Object.fromEntries(
      Object.entries(this.#state.types).map(([name, type]) => [name, { name, type, string: name }]),
    ) as Fields
    return scopeOf(this.#draft.values, fields, this.#state.context)
  }

  /** What expressions see at a place of the form: the draft, or the line around the place. */
  scopeAt(place: HTMLElement): Scope {
    const record = this.recordScope()
    const row = place.closest<HTMLElement>('[data-line]')
    const field = row?.parentElement?.closest<HTMLElement>('[data-field]')?.dataset['field']
    return row && field ? this.#lineScope(field, lineId(row), record) : record
  }

  /** Saves without leaving the page; the address of the record, or `null` when it was refused. */
  async #persist(): Promise<string | null> {
    await this.#waiting
    if (this.element.querySelector('.o_invalid')) return null
    try {
      const saved = await saveDraft(this.#draft, this.#state.version, () => this.question())
      if (!saved) return null
      this.#draft.saved(saved.id)
      this.element.classList.remove('o_dirty')
      return saved.url
    } catch (error) {
      if (error instanceof RpcError && typeof error.details['field'] === 'string')
        this.#showInvalid(error.details['field'])
      notify(error instanceof Error ? error.message : String(error), 'danger')
      return null
    }
  }

  /** Leaving the page saves first, as one would expect of a page that is always open for editing. */
  readonly #leaving = (event: Event): void => {
    if (!this.#draft.isDirty || this.#inDialog) return
    const { url } = (event as CustomEvent<{ url: string }>).detail
    event.preventDefault()
    void this.#persist().then((saved) => saved !== null && visit(url))
  }

  readonly #unloading = (event: BeforeUnloadEvent): void => {
    if (this.#draft.isDirty) event.preventDefault()
  }

  get #inDialog(): boolean {
    return this.element.closest('dialog') !== null
  }

  #closeDialog(): void {
    this.element.closest('dialog')?.close()
  }

  #showInvalid(name: string): void {
    const field = this.element.querySelector(`[data-field="${name}"]`)
    field?.classList.add('o_invalid')
    field?.querySelector<HTMLElement>('input, select, textarea')?.focus()
  }

  /** Tells that something was changed. */
  touch(): void {
    this.element.classList.add('o_dirty')
  }

  #applyModifiers(): void {
    applyModifiers(this.element, this.recordScope(), (field, id, parent) => this.#lineScope(field, id, parent))
  }

  #lineScope(field: string, id: LineId, parent: Scope): Scope {
    const line = this.#draft.lines(field).find((one) => one.id === id)
    return scopeOf(line ?? {}, {}, this.#state.context, parent)
  }
}

/** The form that a widget of it stands in. */
export function formOf({ element, application }: Controller<HTMLElement>): FormController | null {
  const form = element.closest<HTMLElement>('[data-controller~="form"]')
  return form && (application.getControllerForElementAndIdentifier(form, 'form') as FormController | null)
}

/** Saves what is unsaved in the form of the page; `false` when it was refused. A page without a form has nothing to save. */
export async function savedForm(application: Application): Promise<boolean> {
  const form = document.querySelector('#content .o_form')
  const controller = form && (application.getControllerForElementAndIdentifier(form, 'form') as FormController | null)
  return controller ? controller.persisted() : true
}
