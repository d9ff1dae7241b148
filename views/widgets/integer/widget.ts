import type { Widget } from '../widget.ts'

export const widget: Widget = {
  name: 'integer',
  types: ['integer', 'many2one_reference'],
  alignRight: true,
  view: ({ value, page }) => ({ number: Number(value || 0), text: page.format.number(Number(value || 0), 0) }),
}
