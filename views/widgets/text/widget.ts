import { textOf, type Widget } from '../widget.ts'

export const widget: Widget = {
  name: 'text',
  types: ['text', 'char', 'html'],
  view: ({ value }) => {
    const text = textOf(value)
    return { text, rows: Math.min(12, Math.max(2, text.split('\n').length)) }
  },
}
