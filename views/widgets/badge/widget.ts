import { textOf, type Widget } from '../widget.ts'
import { isModified } from '../../arch/modifiers.ts'

const LOOKS = ['danger', 'warning', 'success', 'info', 'muted', 'primary'] as const

/** A value on a coloured ground, which `decoration-…` expressions choose. */
export const widget: Widget = {
  name: 'badge',
  types: ['selection', 'char', 'many2one'],
  specification: ({ description }) => (description.type === 'many2one' ? { fields: { display_name: {} } } : {}),
  view: ({ value, place, scope }) => {
    const label = place.description.selection?.find(([key]) => key === value)?.[1]
    const named =
      typeof value === 'object' && value !== null && 'display_name' in value
        ? String(value.display_name)
        : textOf(value)
    return {
      text: label ?? named,
      look: LOOKS.find((look) => isModified(place.attributes[`decoration-${look}`], scope)) ?? 'muted',
    }
  },
}
