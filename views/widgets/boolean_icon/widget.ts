import { stepable } from '../quick.ts'
import type { Widget } from '../widget.ts'

/** A button with the icon of `options.icon`, pressed or not. */
export const widget: Widget = {
  name: 'boolean_icon',
  types: ['boolean'],
  view: (input) => {
    const checked = input.value === true
    const { options } = input.place
    return {
      ...stepable(input),
      checked,
      next: String(!checked),
      icon: String(options['icon'] ?? 'fa-check-square-o'),
      says: String(options['label'] ?? input.place.description.string),
    }
  },
}
