import { textOf, type Widget } from '../widget.ts'

/** Rich text. What is shown is cleaned; what is written is cleaned again when it is stored. */
export const widget: Widget = {
  name: 'html',
  types: ['html', 'text'],
  view: ({ value }) => ({ source: textOf(value) }),
}
