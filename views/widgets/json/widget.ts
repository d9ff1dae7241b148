import type { Widget } from '../widget.ts'

/** Any JSON, to read. */
export const widget: Widget = {
  name: 'json',
  types: ['json'],
  view: ({ value }) => ({
    text: value === false || value === null || value === undefined ? '' : JSON.stringify(value, null, 2),
  }),
}
