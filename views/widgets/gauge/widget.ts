import { textOf, type Widget } from '../widget.ts'

/** Half a ring that is as full as the value is of `options.max_field` or `max_value`. */
export const widget: Widget = {
  name: 'gauge',
  types: ['integer', 'float', 'monetary'],
  needs: ({ options }) => (typeof options['max_field'] === 'string' ? [options['max_field']] : []),
  view: ({ value, record, page, place }) => {
    const current = Number(value || 0)
    const field = place.options['max_field']
    const whole = Math.max(
      current,
      Number((typeof field === 'string' ? record[field] : place.options['max_value']) ?? 100),
    )
    const title = place.options['title']
    return {
      share: whole > 0 ? Math.round((100 * Math.max(0, current)) / whole) : 0,
      text: page.format.number(current, Number.isInteger(current) ? 0 : 2),
      whole: page.format.number(whole, Number.isInteger(whole) ? 0 : 2),
      title: typeof title === 'string' ? textOf(record[title] ?? title) : '',
    }
  },
}
