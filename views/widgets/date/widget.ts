import { textOf, type Widget } from '../widget.ts'

export const widget: Widget = {
  name: 'date',
  types: ['date', 'datetime'],
  view: ({ value, page }) => {
    const text = textOf(value)
    return { iso: text.slice(0, 10), text: text && page.format.date(text) }
  },
}
