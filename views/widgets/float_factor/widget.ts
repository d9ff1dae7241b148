import type { Widget } from '../widget.ts'

/** A number in another unit: what is shown is the value times `options.factor`. */
export const widget: Widget = {
  name: 'float_factor',
  types: ['float', 'integer', 'monetary'],
  alignRight: true,
  view: ({ value, page, place }) => {
    const factor = Number(place.options['factor'] ?? 1)
    const own = place.options['digits'] as readonly [number, number] | undefined
    const digits = own?.[1] ?? (place.description.digits || [16, 2])[1]
    return { factor, text: page.format.number(Number(value || 0) * factor, digits) }
  },
}
