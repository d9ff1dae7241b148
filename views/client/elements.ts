import type { LineId } from '../lines.ts'

/** The id of a line that a row shows. */
export function lineId(row: HTMLElement): LineId {
  const text = row.dataset['line'] ?? ''
  return /^\d+$/.test(text) ? Number(text) : text
}

/** The one element of a piece of HTML that the server drew. */
export function elementOf(html: string): Element | null {
  const template = document.createElement('template')
  template.innerHTML = html.trim()
  return template.content.firstElementChild
}

/** An element with attributes and what is inside; text is text, never HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | boolean>> = {},
  ...inside: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes))
    if (typeof value === 'string') made.setAttribute(name, value)
    else made.toggleAttribute(name, value)
  made.append(...inside)
  return made
}

/** Remembers where a person types; what it gives puts focus, caret and what was typed since back after a redraw. */
export function keepTyping(): () => void {
  const before = document.activeElement
  const isText = before instanceof HTMLTextAreaElement || (before instanceof HTMLInputElement && before.type === 'text')
  const typed = isText && before.value !== before.defaultValue ? before.value : null
  const [start, end] = isText ? [before.selectionStart, before.selectionEnd] : [null, null]
  return () => {
    if (!before?.id || document.activeElement === before) return
    const after = document.getElementById(before.id)
    after?.focus()
    if (!isText || !(after instanceof HTMLTextAreaElement || after instanceof HTMLInputElement)) return
    if (typed !== null) after.value = typed
    if (start !== null) after.setSelectionRange(start, end)
  }
}
