import { dateView } from '../date/widget.ts'
import { textOf, type FieldPlace, type Widget } from '../widget.ts'

/** Two fields in one: from when until when. The arch names one of them; `options` the other. */
export const widget: Widget = {
  name: 'daterange',
  types: ['date', 'datetime'],
  needs: (place) => [other(place)[0]].filter(Boolean),
  view: ({ value, record, page, place, domId }) => {
    const { type } = place.description
    const [field, isStart] = other(place)
    const own = dateView(textOf(value), type, page, false)
    const its = dateView(textOf(field === '' ? '' : record[field]), type, page, false)
    const label = (what: string): string => `${place.description.string}: ${page.translate(what)}`
    const mine = { ...own, name: place.name, domId }
    const theirs = { ...its, name: field, domId: `${domId}_${field}` }
    const [start, end] = isStart ? [theirs, mine] : [mine, theirs]
    const between = [start, end].filter(({ text }) => text !== '')
    return {
      ends: [
        { ...start, label: label('From') },
        { ...end, label: label('Until') },
      ],
      type,
      text: between.map(({ text }) => text).join(' → '),
    }
  },
}

/** The other field, and whether it is the start. */
function other({ options }: FieldPlace): [name: string, isStart: boolean] {
  const end = textOf(options['end_date_field'] ?? options['related_end_date'])
  return end ? [end, false] : [textOf(options['start_date_field'] ?? options['related_start_date']), true]
}
