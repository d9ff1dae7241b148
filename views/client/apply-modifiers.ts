import { isModified, type Modifiers } from '../arch/modifiers.ts'
import type { Scope } from '../../core/expr/values.ts'
import type { LineId } from '../lines.ts'
import { lineId } from './elements.ts'

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | HTMLButtonElement

/** Shows, hides, opens and closes what depends on values of the draft, without asking the server. */
export function applyModifiers(
  form: HTMLElement,
  scope: Scope,
  scopeOfLine: (field: string, id: LineId, parent: Scope) => Scope,
): void {
  for (const element of form.querySelectorAll<HTMLElement>('[data-modifiers]')) {
    const modifiers = JSON.parse(element.dataset['modifiers'] ?? '{}') as Modifiers
    const row = element.closest<HTMLElement>('[data-line]')
    const owner = row?.parentElement?.closest<HTMLElement>('[data-field]')?.dataset['field']
    const seen = row && owner ? scopeOfLine(owner, lineId(row), scope) : scope
    if (modifiers.invisible !== undefined) show(element, !isModified(modifiers.invisible, seen))
    if (modifiers.readonly !== undefined) setReadonly(element, isModified(modifiers.readonly, seen))
    if (modifiers.required !== undefined) setRequired(element, isModified(modifiers.required, seen))
  }
}

const controls = (element: HTMLElement): NodeListOf<Control> => element.querySelectorAll<Control>('[data-field-input]')

function setReadonly(element: HTMLElement, readonly: boolean): void {
  element.toggleAttribute('data-readonly', readonly)
  for (const control of controls(element)) {
    const isText = control instanceof HTMLTextAreaElement || (control instanceof HTMLInputElement && hasText(control))
    if (isText) control.readOnly = readonly
    else control.disabled = readonly
  }
}

function setRequired(element: HTMLElement, required: boolean): void {
  element.classList.toggle('o_required', required)
  for (const control of controls(element)) if (!(control instanceof HTMLButtonElement)) control.required = required
}

/** Only inputs that one types in can be read-only; others are disabled. */
const hasText = ({ type }: HTMLInputElement): boolean =>
  !['checkbox', 'radio', 'range', 'color', 'file', 'button'].includes(type)

function show(element: HTMLElement, shown: boolean): void {
  element.hidden = !shown
  const label =
    element.dataset['field'] &&
    element.parentElement?.querySelector<HTMLElement>(`[data-label-of="${element.dataset['field']}"]`)
  if (label) label.hidden = !shown
}
