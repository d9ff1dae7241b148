import { textOf, type Widget } from '../widget.ts'

/** A text with a button that copies it; an address is a link too. */
export const widget: Widget = {
  name: 'copy_clipboard',
  types: ['char', 'text'],
  view: ({ value, place }) => {
    const text = textOf(value).trim()
    const named = place.attributes['widget'] === 'CopyClipboardURL'
    return { text, href: named && /^https?:\/\//i.test(text) ? text : '', lines: place.description.type === 'text' }
  },
}
