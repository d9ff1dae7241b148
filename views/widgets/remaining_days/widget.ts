import { daysText } from '../../days.ts'
import { textOf, type Widget } from '../widget.ts'
import { widget as date } from '../date/widget.ts'

/** A day by how far off it is: yesterday, today, in 3 days. */
export const widget: Widget = {
  name: 'remaining_days',
  types: ['date', 'datetime'],
  view: (input) => {
    const { value, page } = input
    const text = textOf(value)
    if (!text) return { ...date.view(input), days: '' }
    const day = input.place.description.type === 'datetime' ? page.format.localDay(text) : text.slice(0, 10)
    const days = Math.round((Date.parse(day) - Date.parse(page.today)) / 86_400_000)
    return {
      ...date.view(input),
      days: Math.abs(days) > 99 ? page.format.date(day) : daysText(days, page.format.language),
      full: page.format.date(day),
      look: days < 0 ? 'danger' : days === 0 ? 'warning' : '',
    }
  },
}
