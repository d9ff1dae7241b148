import { Controller } from '@hotwired/stimulus'
import { elementOf, lineId } from '../../client/elements.ts'
import { announce } from '../../client/field.ts'
import { formOf, type FormController } from '../../client/form.ts'
import { notify } from '../../client/notify.ts'
import { editRecord } from '../../client/records.ts'
import { Relation } from '../../client/relation.ts'
import { askPage } from '../../client/rpc.ts'
import type { Line, LineId } from '../../lines.ts'

const INPUTS = 'input:not([type=hidden]), select, textarea'

/** Lines of a relation: edited in their row, opened in a dialog, or linked. */
export class One2manyController extends Controller<HTMLElement> {
  static override targets = ['body', 'more']
  static override values = { editable: Boolean, way: String, handle: String, inverse: String, top: Boolean }
  declare readonly bodyTarget: HTMLElement
  declare readonly moreTarget: HTMLButtonElement
  declare readonly hasMoreTarget: boolean
  declare readonly editableValue: boolean
  declare readonly wayValue: 'row' | 'dialog' | 'link'
  declare readonly handleValue: string
  declare readonly inverseValue: string
  declare readonly topValue: boolean
  #relation!: Relation
  /** Lines that a person wrote in. */
  readonly #written = new Set<LineId>()
  #seen: IntersectionObserver | null = null

  override connect(): void {
    this.#relation = new Relation(this, (records) => this.#link(records), {
      more: () => [['id', 'not in', this.#form.draft.lines(this.#field).map(({ id }) => id)]],
      multiple: true,
    })
    this.bodyTarget.addEventListener('click', this.#clicked)
    this.bodyTarget.addEventListener('keydown', this.#key)
    this.bodyTarget.addEventListener('field:change', this.#changed)
    if (this.handleValue) void this.#makeSortable()
    if (this.hasMoreTarget) this.#loadInSight()
  }

  override disconnect(): void {
    this.bodyTarget.removeEventListener('click', this.#clicked)
    this.bodyTarget.removeEventListener('keydown', this.#key)
    this.#seen?.disconnect()
  }

  /** Adds a line: opens a new one with its defaults, or lets a person choose. */
  async add(event?: Event): Promise<void> {
    const context = (event?.currentTarget as HTMLElement | undefined)?.dataset['context']
    if (this.wayValue === 'link') return this.#relation.pick()
    if (this.wayValue === 'dialog') return this.#openDialog(null)
    const here = await this.#inPlace()
    if (here) await here.#addRow(context)
  }

  async #addRow(context: string | undefined): Promise<void> {
    await this.#closeOpen()
    const answer = await this.#draw(null, true, context)
    if (!answer) return
    const id = this.#form.draft.addLine(this.#field, answer.values, this.topValue)
    const row = elementOf(answer.html.replaceAll('virtual_new', id))
    if (!row) return
    if (this.topValue) this.bodyTarget.prepend(row)
    else this.bodyTarget.append(row)
    this.#form.touch()
    row.querySelector<HTMLElement>(INPUTS)?.focus()
  }

  /** Shows more of the lines that the page left out. */
  async more(): Promise<void> {
    const button = this.moreTarget
    if (button.disabled) return
    button.disabled = true
    const { draft } = this.#form
    const from = draft.lines(this.#field).findIndex((line) => Object.keys(line).length === 1)
    const { lines, html, left } = await askPage<{ lines: Line[]; html: string; left: number }>('/odoo/form/lines', {
      ...this.#form.question(),
      field: this.#field,
      from,
    })
    draft.fill(this.#field, lines)
    const template = document.createElement('template')
    template.innerHTML = html
    this.bodyTarget.append(template.content)
    button.disabled = false
    if (left <= 0) button.remove()
    else button.textContent = (button.textContent ?? '').replace(/\d[\d\s,.\u202f\u00a0]*/, `${left} `)
  }

  remove(event: Event): void {
    const row = (event.currentTarget as HTMLElement).closest<HTMLElement>('[data-line]')
    if (row) this.#remove(row)
  }

  #remove(row: HTMLElement): void {
    this.#form.draft.removeLine(this.#field, lineId(row))
    row.remove()
    this.#form.ask(this.#field)
  }

  readonly #clicked = (event: MouseEvent): void => {
    const target = event.target as HTMLElement
    const row = target.closest<HTMLElement>('[data-line]')
    if (!row || 'editing' in row.dataset || target.closest('button, a, input, select, details')) return
    if (this.element.closest('[data-readonly]')) return
    if (this.editableValue) void this.#openInPlace(row, target.closest<HTMLElement>('[data-name]')?.dataset['name'])
    else if (typeof lineId(row) === 'number') void this.#openDialog(lineId(row) as number)
  }

  readonly #changed = (event: Event): void => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-line]')
    if (row) this.#written.add(lineId(row))
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return
    const target = event.target as HTMLElement
    const row = target.closest<HTMLElement>('[data-line]')
    if (row && target.closest('.o_grip') && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault()
      const rows = this.#rows()
      const from = rows.indexOf(row)
      void this.#move(row, from, Math.min(Math.max(from + (event.key === 'ArrowUp' ? -1 : 1), 0), rows.length - 1))
      return
    }
    if (!row || !('editing' in row.dataset)) return
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      ;(document.activeElement as HTMLElement | null)?.blur()
      // a new line that nothing was written in was not meant
      if (typeof lineId(row) === 'string' && !this.#written.has(lineId(row))) this.#remove(row)
      else void this.#close(row)
    } else if (event.key === 'Enter' && !(target instanceof HTMLTextAreaElement)) {
      event.preventDefault()
      void this.#next(row)
    } else if (
      event.key === 'Tab' &&
      !event.shiftKey &&
      row === this.#rows().at(-1) &&
      this.#isLastInput(row, target)
    ) {
      event.preventDefault()
      void this.#next(row)
    }
  }

  #isLastInput(row: HTMLElement, target: HTMLElement): boolean {
    const inputs = [...row.querySelectorAll<HTMLInputElement>(INPUTS)].filter(
      (input) => !input.disabled && !input.closest('[hidden]'),
    )
    return inputs.at(-1) === target
  }

  #rows(): HTMLElement[] {
    return [...this.bodyTarget.querySelectorAll<HTMLElement>(':scope > [data-line]')]
  }

  async #next(row: HTMLElement): Promise<void> {
    const next = row.nextElementSibling as HTMLElement | null
    // leaving the input tells the form of its value first
    ;(document.activeElement as HTMLElement | null)?.blur()
    if (next) await this.#open(next)
    else await this.add()
  }

  async #openInPlace(row: HTMLElement, name?: string): Promise<void> {
    const here = await this.#inPlace()
    if (here) await here.#open(row, name)
  }

  /**
   * The controller of these lines once all questions are answered: an answer may have drawn the field anew, and what
   * is done to the old one is lost.
   */
  async #inPlace(): Promise<One2manyController | null> {
    const [form, field] = [this.#form, this.#field]
    await form.settled()
    if (this.element.isConnected) return this
    const fresh = form.element.querySelector(`[data-field="${field}"] [data-controller~="one2many"]`)
    // it is connected in the next turn
    await new Promise((resolve) => setTimeout(resolve))
    return fresh && (this.application.getControllerForElementAndIdentifier(fresh, 'one2many') as One2manyController)
  }

  async #open(row: HTMLElement, name?: string): Promise<void> {
    await this.#closeOpen()
    const answer = await this.#draw(lineId(row), true)
    const fresh = answer && elementOf(answer.html)
    // the row may have been drawn anew meanwhile
    const old = this.bodyTarget.querySelector(`:scope > [data-line="${CSS.escape(String(lineId(row)))}"]`)
    if (!fresh || !old) return
    old.replaceWith(fresh)
    const cell = name ? fresh.querySelector(`[data-name="${name}"]`) : null
    const input = cell?.querySelector<HTMLElement>(INPUTS) ?? fresh.querySelector<HTMLElement>(INPUTS)
    input?.focus()
  }

  async #closeOpen(): Promise<void> {
    const open = this.bodyTarget.querySelector<HTMLElement>('[data-line][data-editing]')
    if (open) await this.#close(open)
  }

  async #close(row: HTMLElement): Promise<void> {
    await this.#form.settled()
    const answer = await this.#draw(lineId(row), false)
    const fresh = answer && elementOf(answer.html)
    const old = this.bodyTarget.querySelector(`:scope > [data-line="${CSS.escape(String(lineId(row)))}"]`)
    if (fresh) old?.replaceWith(fresh)
  }

  /** A line that is not edited in its row is saved on its own, after the form that it belongs to. */
  async #openDialog(id: number | null): Promise<void> {
    const form = this.#form
    if (!(await form.persisted())) return
    try {
      const context = {
        ...this.#relation.context(),
        ...(id === null ? { [`default_${this.inverseValue}`]: form.draft.id } : {}),
      }
      if (await editRecord({ model: this.#relation.model, id, context })) form.redraw(this.#field)
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
    }
  }

  #link(records: readonly { readonly id: number; readonly display_name: string }[]): void {
    announce(this.element, [...this.#form.draft.lines(this.#field), ...records], { draw: true })
  }

  async #makeSortable(): Promise<void> {
    const { default: Sortable } = await import('sortablejs')
    Sortable.create(this.bodyTarget, {
      handle: '.o_grip',
      draggable: '[data-line]',
      animation: 120,
      onEnd: ({ oldDraggableIndex, newDraggableIndex }) => {
        if (oldDraggableIndex !== undefined && newDraggableIndex !== undefined)
          this.#moved(oldDraggableIndex, newDraggableIndex)
      },
    })
  }

  async #move(row: HTMLElement, from: number, to: number): Promise<void> {
    if (from === to) return
    const rows = this.#rows()
    rows[to]?.insertAdjacentElement(from < to ? 'afterend' : 'beforebegin', row)
    const id = row.dataset['line'] ?? ''
    this.#moved(from, to)
    await this.#form.settled()
    this.bodyTarget.querySelector<HTMLElement>(`[data-line="${CSS.escape(id)}"] .o_grip`)?.focus()
  }

  #moved(from: number, to: number): void {
    if (from === to) return
    this.#form.draft.moveLine(this.#field, from, to, this.handleValue)
    this.#form.ask(this.#field)
  }

  /** Lines that the page left out come as one scrolls to where they would be. */
  #loadInSight(): void {
    this.#seen = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting) && this.hasMoreTarget) void this.more()
    })
    this.#seen.observe(this.moreTarget)
  }

  async #draw(
    line: LineId | null,
    editing: boolean,
    context?: string,
  ): Promise<{ html: string; values: Readonly<Record<string, unknown>> } | undefined> {
    try {
      return await askPage('/odoo/form/line', {
        ...this.#form.question(),
        field: this.#field,
        line,
        editing,
        ...(context ? { with: context } : {}),
      })
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
      return undefined
    }
  }

  get #field(): string {
    return this.element.closest<HTMLElement>('[data-field]')?.dataset['field'] ?? ''
  }

  get #form(): FormController {
    return formOf(this) as FormController
  }
}
