import { textOf, type Widget } from '../widget.ts'

export const widget: Widget = {
  name: 'phone',
  types: ['char'],
  view: ({ value, place }) => {
    const text = textOf(value).trim()
    return { text, maxLength: place.description.size, href: text && `tel:${text.replace(/[^+\d]/g, '')}` }
  },
}
