import { textOf, type Widget } from '../widget.ts'

/** How much of a whole there is: of `options.max_value`, which is a number or a field, else of 100. */
export const widget: Widget = {
  name: 'progressbar',
  types: ['integer', 'float', 'monetary'],
  needs: ({ options }) =>
    [options['current_value'], options['max_value']].filter(
      (one): one is string => typeof one === 'string' && /^[a-z_]\w*$/i.test(one),
    ),
  view: ({ value, record, page, place }) => {
    const of = (one: unknown, otherwise: number): number => {
      if (typeof one === 'number') return one
      if (typeof one !== 'string' || one === '') return otherwise
      return Number(/^[\d.]+$/.test(one) ? one : (record[one] ?? otherwise))
    }
    const current = of(place.options['current_value'], Number(value || 0))
    const whole = of(place.options['max_value'], 100)
    const digits = Number.isInteger(current) ? 0 : 2
    return {
      current,
      whole,
      // what is over the whole fills the bar and no more
      filled: Math.min(Math.max(current, 0), Math.max(whole, current > 0 ? 1 : 0)),
      over: whole > 0 && current > whole,
      number: page.format.number(current, digits),
      text:
        whole === 100
          ? page.format.percent(current / 100, digits)
          : `${page.format.number(current, digits)} / ${page.format.number(whole, Number.isInteger(whole) ? 0 : 2)}`,
      title: textOf(place.options['title']),
      editable: Boolean(place.options['editable']),
    }
  },
}
