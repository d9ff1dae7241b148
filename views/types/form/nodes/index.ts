import type { XmlElement } from '../../../arch/node.ts'
import type { ViewNode } from '../../../page.ts'
import type { FormDrawing } from '../view-model.ts'
import { drawButtonBox } from './button-box.ts'
import { drawButton } from './button.ts'
import { drawElement } from './element.ts'
import { drawField } from './field.ts'
import { drawGroup } from './group.ts'
import { drawHeader } from './header.ts'
import { drawLabel } from './label.ts'
import type { DrawNode } from './node.ts'
import { drawNotebook, drawPage } from './notebook.ts'
import { drawWidget } from './ribbon.ts'
import { drawSeparator } from './separator.ts'
import { drawSheet } from './sheet.ts'

/** How each element of a form's arch is drawn; what is not named here is HTML. */
const DRAW: Readonly<Record<string, DrawNode>> = {
  button: drawButton,
  // it stands beside the form, which cannot hold the forms inside of it
  chatter: () => undefined,
  field: (node, drawing) => drawField(node, drawing),
  group: drawGroup,
  header: drawHeader,
  label: drawLabel,
  notebook: drawNotebook,
  page: drawPage,
  separator: drawSeparator,
  sheet: drawSheet,
  widget: drawWidget,
}

const drawer = (node: XmlElement): DrawNode =>
  node.nodeName === 'div' && node.getAttribute('name') === 'button_box'
    ? drawButtonBox
    : (DRAW[node.nodeName] ?? drawElement)

/** The elements and texts inside a node, in order. */
export function drawNodes(parent: XmlElement, drawing: FormDrawing): readonly ViewNode[] {
  const drawn: ViewNode[] = []
  for (let child = parent.firstChild; child; child = child.nextSibling) {
    if (child.nodeType === child.TEXT_NODE) {
      const text = child.nodeValue?.trim()
      if (text) drawn.push({ template: 'types/form/nodes/text', text })
    } else if (child.nodeType === child.ELEMENT_NODE) {
      const node = child as XmlElement
      const one = drawer(node)(node, drawing, () => drawNodes(node, drawing))
      if (one) drawn.push(one)
    }
  }
  return drawn
}
