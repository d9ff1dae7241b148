import type { Widget } from '../widget.ts'

/** A share of one, shown as so many of a hundred. */
export const widget: Widget = {
  name: 'percentage',
  types: ['float', 'integer', 'monetary'],
  alignRight: true,
  view: ({ value, page, place }) => {
    const own = place.options['digits'] as readonly [number, number] | undefined
    const percent = Number(value || 0) * 100
    const digits = own?.[1] ?? (Number.isInteger(Number(percent.toFixed(6))) ? 0 : 2)
    return { number: page.format.number(percent, digits), text: page.format.percent(percent / 100, digits) }
  },
}
