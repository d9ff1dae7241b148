import { attr, type XmlElement } from '../../arch/node.ts'
import { isModified, type Modifiers } from '../../arch/modifiers.ts'
import { modifiersOf } from '../../arch/read-modifiers.ts'
import type { Scope } from '../../../core/expr/values.ts'

/** A button in a row or above a list. */
export interface ListButton {
  readonly label: string
  readonly icon: string | null
  readonly title: string | null
  readonly className: string
  readonly modifiers: Modifiers
  /** Whether it is there without a selection, too. */
  readonly isAlways: boolean
  readonly call: {
    readonly name: string
    readonly type: string
    readonly context: string | null
    readonly confirm: string | null
    readonly confirmLabel: string | null
  }
}

const LEGACY: Readonly<Record<string, string>> = { oe_highlight: 'btn-primary', oe_link: 'btn-link' }

/** A `<button>` of a list's arch. */
export function readButton(node: XmlElement): ListButton {
  const classes = (attr(node, 'class') ?? '').split(/\s+/).filter(Boolean)
  const named = classes.map((name) => LEGACY[name] ?? name).join(' ')
  return {
    label: attr(node, 'string') ?? '',
    icon: attr(node, 'icon'),
    title: attr(node, 'title') ?? attr(node, 'help') ?? attr(node, 'string'),
    className: named,
    modifiers: modifiersOf(node),
    isAlways: attr(node, 'display') === 'always',
    call: {
      name: attr(node, 'name') ?? '',
      type: attr(node, 'type') ?? 'object',
      context: attr(node, 'context'),
      confirm: attr(node, 'confirm'),
      confirmLabel: attr(node, 'confirm-label'),
    },
  }
}

/** A button of a row as its template draws it. */
export function rowButton(button: ListButton, scope: Scope): object {
  const looks = /\bbtn-/.test(button.className) ? `btn btn-sm ${button.className}` : `o_row_button ${button.className}`
  return {
    ...button,
    className: looks,
    isHidden: isModified(button.modifiers.invisible, scope),
    isClosed: isModified(button.modifiers.readonly, scope),
  }
}
