import { toLocalInput } from '../../moments.ts'
import { dayText, momentText } from '../../typed-date.ts'
import type { PageContext } from '../../page.ts'
import { textOf, type Widget } from '../widget.ts'

/** A day, typed or picked; of an instant its day in the user's zone. */
export const widget: Widget = {
  name: 'date',
  types: ['date', 'datetime'],
  view: ({ value, page, place }) => ({ ...dateView(textOf(value), place.description.type, page, true) }),
}

/** What the template of a date reads. */
interface DateView {
  /** In the user's zone: `2026-03-31`, with a time `2026-03-31T10:30`. */
  readonly iso: string
  /** As the input shows it. */
  readonly typed: string
  readonly text: string
  readonly zone: string
  readonly today: string
  readonly time: string
  readonly noTime: boolean
  readonly kind: string
  readonly example: string
}

/** A date as its template shows it: `day` leaves the time of an instant out. */
export function dateView(text: string, type: string, { format, today }: PageContext, day: boolean): DateView {
  const local = type === 'datetime' ? text && toLocalInput(text, format.zone) : text.slice(0, 10)
  const { language } = format
  const noTime = day || type === 'date'
  const iso = noTime ? local.slice(0, 10) : local
  return {
    iso,
    typed: iso && (noTime ? dayText(iso, language) : momentText(iso, language)),
    text: text && (noTime ? format.date(local) : format.datetime(text)),
    zone: format.zone,
    today,
    time: local.slice(11, 16),
    noTime,
    kind: type,
    example: noTime ? dayText(today, language) : momentText(`${today}T00:00`, language),
  }
}
