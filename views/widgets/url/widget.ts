import { textOf, type Widget } from '../widget.ts'

export const widget: Widget = {
  name: 'url',
  types: ['char'],
  view: ({ value, place }) => {
    const text = textOf(value).trim()
    return {
      text,
      maxLength: place.description.size,
      href: text && (/^https?:\/\//i.test(text) ? text : `https://${text}`),
    }
  },
}
