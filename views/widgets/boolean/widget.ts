import type { Widget } from '../widget.ts'

export const widget: Widget = {
  name: 'boolean',
  types: ['boolean'],
  view: ({ value }) => ({ checked: value === true }),
}
