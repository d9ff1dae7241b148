import type { Line, LineId } from '../lines.ts'
import { elementOf, keepTyping, lineId } from './elements.ts'

/** Lines of a form that are open for editing, by field. */
export function linesInEditing(form: HTMLElement): Record<string, LineId> {
  return Object.fromEntries(
    [...form.querySelectorAll<HTMLElement>('[data-line][data-editing]')].flatMap((row) => {
      const field = row.closest<HTMLElement>('[data-controller~="one2many"]')?.closest<HTMLElement>('[data-field]')
        ?.dataset['field']
      return field ? [[field, lineId(row)] as const] : []
    }),
  )
}

/** Puts the new HTML of a field in place; the input that a person is in keeps the focus. */
export function patchField(form: HTMLElement, name: string, html: string): void {
  for (const element of form.querySelectorAll(`[data-field="${name}"]`)) {
    // a line may have a field of the same name
    if (element.closest('[data-line]')) continue
    const restore = element.contains(document.activeElement) ? keepTyping() : undefined
    const fresh = elementOf(html)
    if (!fresh) continue
    element.replaceWith(fresh)
    restore?.()
  }
}

/** Puts the new HTML of lines in place, adds new ones, and takes away those that the field has no more. */
export function patchRows(
  form: HTMLElement,
  name: string,
  rows: Readonly<Record<string, string>>,
  lines: readonly Line[],
): void {
  const body = form.querySelector(`[data-field="${name}"] [data-one2many-target="body"]`)
  if (!body) return
  const restore = keepTyping()
  for (const [id, html] of Object.entries(rows)) {
    const fresh = elementOf(html)
    const old = body.querySelector(`[data-line="${CSS.escape(id)}"]`)
    if (!fresh) continue
    if (old) old.replaceWith(fresh)
    else body.append(fresh)
  }
  const known = new Set(lines.map(({ id }) => String(id)))
  for (const row of body.querySelectorAll<HTMLElement>('[data-line]'))
    if (!known.has(row.dataset['line'] ?? '')) row.remove()
  restore()
}
