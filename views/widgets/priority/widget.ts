import { stepable } from '../quick.ts'
import type { Widget } from '../widget.ts'

/** Stars: as many as the place of the value among those of the selection, of which the first is none. */
export const widget: Widget = {
  name: 'priority',
  types: ['selection'],
  view: (input) => {
    const all = input.place.description.selection ?? []
    const at = Math.max(
      0,
      all.findIndex(([key]) => key === input.value),
    )
    return {
      ...stepable(input),
      none: all[0]?.[0] ?? '',
      text: all[at]?.[1] ?? '',
      stars: all.slice(1).map(([key, label], i) => ({
        label,
        on: i < at,
        current: i + 1 === at,
        // the last star again takes all of them away
        next: i + 1 === at ? (all[0]?.[0] ?? '') : key,
        icon: i < at ? 'star-fill' : 'star',
      })),
    }
  },
}
