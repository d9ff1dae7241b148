import { textOf, type Widget } from '../widget.ts'

export const widget: Widget = {
  name: 'email',
  types: ['char'],
  view: ({ value, place }) => {
    const text = textOf(value).trim()
    return {
      text,
      maxLength: place.description.size,
      href: text && `mailto:${encodeURIComponent(text).replaceAll('%40', '@')}`,
    }
  },
}
