import { elementOf } from '../../../client/elements.ts'
import type { FormDraft } from '../../../client/form-draft.ts'
import type { Selected } from '../../../client/selection-events.ts'

/** What the server says of how the rows of a list are edited. */
export interface EditSetting {
  /** Where a new row comes; `null` where only selected rows are edited. */
  readonly editable: 'top' | 'bottom' | null
  readonly canCreate: boolean
  readonly isMulti: boolean
  readonly types: Readonly<Record<string, string>>
  readonly context: Readonly<Record<string, unknown>>
  readonly words: { readonly many: string; readonly required: string; readonly change: string }
}

/** A row while a person edits it. */
export interface OpenRow {
  readonly element: HTMLElement
  readonly draft: FormDraft
  /** The rows that a change is for, where it is for several. */
  readonly selected: Selected | null
}

/** What can hold the cursor in a row. */
export const CONTROLS = '[data-field-input], .o_field input, .o_field select, .o_field textarea, .o_field button'

/** The row of a piece of HTML that the server drew. */
export function rowOf(html: string): HTMLTableRowElement | null {
  return elementOf(`<table>${html}</table>`)?.querySelector('tr') ?? null
}

/** Puts a row in the place of another one: it stays in its group and in the selection. */
export function replaceRow(old: HTMLElement, fresh: HTMLElement): void {
  if (old.dataset['inside'] !== undefined) fresh.dataset['inside'] = old.dataset['inside']
  for (const name of old.classList) if (name.startsWith('o_level_')) fresh.classList.add(name)
  const [before, after] = [old, fresh].map((row) => row.querySelector<HTMLInputElement>('.o_select input'))
  if (before && after) after.checked = before.checked
  old.replaceWith(fresh)
}

/** What one can type in or press in a row, in order. */
export function controlsOf(row: HTMLElement): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>(CONTROLS)].filter(
    (one) => one.checkVisibility() && one.tabIndex >= 0 && !(one as HTMLInputElement).disabled,
  )
}

/** Puts the cursor into a row: into the named cell, else into its first or last input. */
export function focusIn(row: HTMLElement, name?: string, isLast = false): void {
  const cell = name ? row.querySelector<HTMLElement>(`td[data-name="${CSS.escape(name)}"]`) : null
  const input = (cell && controlsOf(cell)[0]) ?? (isLast ? controlsOf(row).at(-1) : controlsOf(row)[0])
  input?.focus()
  if (input instanceof HTMLInputElement && input.type === 'text') input.select()
}

/** Shows what a change brought to other cells of a row; the input that a person is in keeps the focus. */
export function replaceCells(row: HTMLElement, cells: Readonly<Record<string, string>>): void {
  for (const [name, html] of Object.entries(cells)) {
    const old = row.querySelector<HTMLElement>(`td[data-name="${CSS.escape(name)}"]`)
    const fresh = elementOf(`<table><tr>${html}</tr></table>`)?.querySelector('td')
    if (!old || !fresh) continue
    const focused = old.contains(document.activeElement) ? document.activeElement?.id : undefined
    old.replaceWith(fresh)
    if (focused) document.getElementById(focused)?.focus()
  }
}
