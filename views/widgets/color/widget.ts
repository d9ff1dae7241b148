import { textOf, type Widget } from '../widget.ts'

const HEX = /^#[0-9a-f]{6}$/i

/** A colour as `#1f6f6b`. */
export const widget: Widget = {
  name: 'color',
  types: ['char'],
  view: ({ value }) => {
    const text = textOf(value)
    return { text, hex: HEX.test(text) ? text : '' }
  },
}
