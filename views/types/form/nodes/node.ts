import { isModified } from '../../../arch/modifiers.ts'
import { modifiersOf } from '../../../arch/read-modifiers.ts'
import { attr, type XmlElement } from '../../../arch/node.ts'
import type { ViewNode } from '../../../page.ts'
import type { FormDrawing } from '../view-model.ts'

/** Draws one kind of element of a form's arch; `undefined` leaves it out. */
export type DrawNode = (
  node: XmlElement,
  drawing: FormDrawing,
  children: () => readonly ViewNode[],
) => ViewNode | undefined

/** What every element of a form has: its class, and whether and when it is shown. */
export function common(node: XmlElement, drawing: FormDrawing): Readonly<Record<string, unknown>> {
  const { invisible } = modifiersOf(node)
  return {
    className: attr(node, 'class') ?? '',
    name: attr(node, 'name'),
    hidden: isModified(invisible, drawing.scope),
    modifiers: typeof invisible === 'string' ? { invisible } : null,
  }
}
