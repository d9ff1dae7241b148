import { dateView } from '../date/widget.ts'
import { textOf, type Widget } from '../widget.ts'

/** An instant in the user's zone; `options.show_time` leaves its time out. */
export const widget: Widget = {
  name: 'datetime',
  types: ['datetime'],
  view: ({ value, page, place }) => ({
    ...dateView(textOf(value), 'datetime', page, place.options['show_time'] === false),
  }),
}
