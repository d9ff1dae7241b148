import { RpcError } from '../../../client/rpc.ts'
import { notify } from '../../../client/notify.ts'
import { CONTROLS, type OpenRow } from './open-row.ts'

/** Kinds of field that always have a value. */
const FILLED: ReadonlySet<string> = new Set(['integer', 'float', 'monetary', 'boolean'])

/** Whether a row may be saved; `required` is said where a value is missing. */
export function isValid({ element, draft }: OpenRow, required: string): boolean {
  let first: HTMLElement | null = null
  for (const field of element.querySelectorAll<HTMLElement>('[data-field]')) {
    const value = draft.values[field.dataset['field'] ?? '']
    const isEmpty = value === false || value === null || value === undefined || value === ''
    const isFilled = FILLED.has(field.dataset['type'] ?? '')
    if (field.classList.contains('o_required') && isEmpty && !isFilled && !field.hidden) showInvalid(field, required)
    if (field.classList.contains('o_invalid')) first ??= field
  }
  first?.querySelector<HTMLElement>(CONTROLS)?.focus()
  return first === null
}

/** Says why the server refused a row, at the field that it is about. */
export function showRefusal({ element }: OpenRow, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  const name = error instanceof RpcError ? error.details['field'] : undefined
  const field =
    typeof name === 'string' ? element.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`) : null
  if (!field) return notify(message, 'danger')
  showInvalid(field, message)
  field.querySelector<HTMLElement>(CONTROLS)?.focus()
}

export function clearInvalid(field: Element | null): void {
  field?.classList.remove('o_invalid')
  field?.querySelector('.o_field_message')?.remove()
}

function showInvalid(field: HTMLElement, message: string): void {
  clearInvalid(field)
  field.classList.add('o_invalid')
  const told = document.createElement('p')
  told.className = 'o_field_message'
  told.role = 'alert'
  told.textContent = message
  field.append(told)
}
