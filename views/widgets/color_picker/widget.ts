import { stepable } from '../quick.ts'
import type { Widget } from '../widget.ts'

/** Names of the colours that records, tags and cards may have, by their number. */
export const COLORS = [
  'No color',
  'Red',
  'Orange',
  'Yellow',
  'Cyan',
  'Purple',
  'Almond',
  'Teal',
  'Blue',
  'Raspberry',
  'Green',
  'Violet',
] as const

/** One of twelve colours, kept as its number. */
export const widget: Widget = {
  name: 'color_picker',
  types: ['integer'],
  view: (input) => {
    const current = Number(input.value || 0)
    const { translate } = input.page
    return {
      ...stepable(input),
      current,
      text: translate(COLORS[current] ?? COLORS[0]),
      colors: COLORS.map((name, key) => ({ key, label: translate(name), selected: key === current })),
    }
  },
}
