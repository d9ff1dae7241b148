import { Controller } from '@hotwired/stimulus'
import { elementOf, lineId } from '../../client/elements.ts'
import { formOf, type FormController } from '../../client/form.ts'
import { notify } from '../../client/notify.ts'
import { askPage } from '../../client/rpc.ts'
import type { Line, LineId } from '../../lines.ts'

/** Lines edited in place: a click opens one, Tab and Enter go on, Escape leaves. */
export class One2manyController extends Controller<HTMLElement> {
  static override targets = ['body']
  static override values = { editable: Boolean }
  declare readonly bodyTarget: HTMLElement
  declare readonly editableValue: boolean

  override connect(): void {
    this.bodyTarget.addEventListener('click', this.#clicked)
    this.bodyTarget.addEventListener('keydown', this.#key)
  }

  override disconnect(): void {
    this.bodyTarget.removeEventListener('click', this.#clicked)
    this.bodyTarget.removeEventListener('keydown', this.#key)
  }

  /** Opens a new line with its defaults. */
  async add(): Promise<void> {
    await this.#closeOpen()
    const answer = await this.#draw(null, true)
    if (!answer) return
    const id = this.#form.draft.addLine(this.#field, answer.values)
    const row = elementOf(answer.html.replaceAll('virtual_new', id))
    if (!row) return
    this.bodyTarget.append(row)
    row.querySelector<HTMLElement>('input, select, textarea')?.focus()
  }

  /** Shows more of the lines that the page left out. */
  async more(event: Event): Promise<void> {
    const button = event.currentTarget as HTMLButtonElement
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
    if (left > 0) return
    button.remove()
  }

  remove(event: Event): void {
    const row = (event.currentTarget as HTMLElement).closest<HTMLElement>('[data-line]')
    if (!row) return
    this.#form.draft.removeLine(this.#field, lineId(row))
    row.remove()
    this.#form.ask(this.#field)
  }

  readonly #clicked = (event: MouseEvent): void => {
    const target = event.target as HTMLElement
    const row = target.closest<HTMLElement>('[data-line]')
    if (!this.editableValue || !row || 'editing' in row.dataset || target.closest('button, a')) return
    const name = target.closest<HTMLElement>('[data-name]')?.dataset['name']
    void this.#open(row, name)
  }

  readonly #key = (event: KeyboardEvent): void => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-line][data-editing]')
    if (!row || event.defaultPrevented) return
    if (event.key === 'Escape') void this.#close(row)
    else if (event.key === 'Enter' && !(event.target instanceof HTMLTextAreaElement)) {
      event.preventDefault()
      void this.#next(row)
    }
  }

  async #next(row: HTMLElement): Promise<void> {
    const next = row.nextElementSibling as HTMLElement | null
    // leaving the input tells the form of its value first
    ;(document.activeElement as HTMLElement | null)?.blur()
    if (next) await this.#open(next)
    else await this.add()
  }

  async #open(row: HTMLElement, name?: string): Promise<void> {
    await this.#closeOpen()
    const answer = await this.#draw(lineId(row), true)
    const fresh = answer && elementOf(answer.html)
    if (!fresh) return
    row.replaceWith(fresh)
    const cell = name ? fresh.querySelector(`[data-name="${name}"]`) : fresh
    ;(
      cell?.querySelector<HTMLElement>('input, select, textarea') ??
      fresh.querySelector<HTMLElement>('input, select, textarea')
    )?.focus()
  }

  async #closeOpen(): Promise<void> {
    const open = this.bodyTarget.querySelector<HTMLElement>('[data-line][data-editing]')
    if (open) await this.#close(open)
  }

  async #close(row: HTMLElement): Promise<void> {
    await this.#form.settled()
    const answer = await this.#draw(lineId(row), false)
    const fresh = answer && elementOf(answer.html)
    if (fresh) row.replaceWith(fresh)
  }

  async #draw(
    line: LineId | null,
    editing: boolean,
  ): Promise<{ html: string; values: Readonly<Record<string, unknown>> } | undefined> {
    try {
      return await askPage('/odoo/form/line', { ...this.#form.question(), field: this.#field, line, editing })
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
