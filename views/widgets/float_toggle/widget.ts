import { stepable } from '../quick.ts'
import type { Widget } from '../widget.ts'

/** A number that a click takes to the next of `options.range`. */
export const widget: Widget = {
  name: 'float_toggle',
  types: ['float', 'integer'],
  view: (input) => {
    const { value, page, place } = input
    const range = (place.options['range'] ?? [0, 0.5, 1]) as readonly number[]
    const factor = Number(place.options['factor'] ?? 1)
    const at = range.indexOf(Number(value || 0))
    return {
      ...stepable(input),
      next: range[(at + 1) % range.length],
      text: page.format.number(Number(value || 0) * factor, 2),
    }
  },
}
