import { fieldView, placeOf } from '../../../widgets/place.ts'
import { flag, type XmlElement } from '../../../arch/node.ts'
import type { ViewNode } from '../../../page.ts'
import type { FormDrawing } from '../view-model.ts'

const inGroup = (node: XmlElement): boolean => node.parentNode?.nodeName === 'group'

/** A field, `labelled` where it stands in a group. */
export function drawField(
  node: XmlElement,
  drawing: FormDrawing,
  labelled = inGroup(node) && !flag(node, 'nolabel'),
): ViewNode | undefined {
  const place = placeOf(node, drawing.fields, drawing.model)
  if (!place) return undefined
  const { record, page, mode, scope, prefix } = drawing
  const field = fieldView(place, record, page, { place: 'form', mode, scope, prefix })
  return { template: 'types/form/nodes/field', field, labelled }
}
