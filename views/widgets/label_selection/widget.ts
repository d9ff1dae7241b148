import { textOf, type Widget } from '../widget.ts'

/** A value of a selection on a coloured ground: `options.classes` says which colour each value has. */
export const widget: Widget = {
  name: 'label_selection',
  types: ['selection'],
  view: ({ value, place }) => {
    const classes = (place.options['classes'] ?? {}) as Readonly<Record<string, string>>
    return {
      look: classes[textOf(value)] ?? 'muted',
      text: place.description.selection?.find(([key]) => key === value)?.[1] ?? textOf(value),
    }
  },
}
