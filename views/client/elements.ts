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
