import { textOf, type Widget } from '../widget.ts'

/** Text of a program or of markup, in letters of one width. */
export const widget: Widget = {
  name: 'code',
  types: ['text', 'html', 'char', 'json'],
  view: ({ value }) => {
    const text = typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : textOf(value)
    return { text, rows: Math.min(30, Math.max(4, text.split('\n').length + 1)) }
  },
}
