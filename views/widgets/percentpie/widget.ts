import type { Widget } from '../widget.ts'

/** A ring that is as full as so many of a hundred. */
export const widget: Widget = {
  name: 'percentpie',
  types: ['integer', 'float'],
  view: ({ value, page }) => {
    const percent = Number(value || 0)
    return {
      share: Math.min(100, Math.max(0, percent)),
      text: page.format.percent(percent / 100, Number.isInteger(percent) ? 0 : 2),
    }
  },
}
