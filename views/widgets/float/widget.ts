import type { Widget } from '../widget.ts'

export const widget: Widget = {
  name: 'float',
  types: ['float', 'integer', 'monetary'],
  alignRight: true,
  view: ({ value, page, place }) => {
    const own = place.options['digits'] as readonly [number, number] | undefined
    const digits = own?.[1] ?? (place.description.digits || [16, 2])[1]
    return { text: page.format.number(Number(value || 0), digits), digits }
  },
}
