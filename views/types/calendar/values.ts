import { fromLocalInput } from '../../moments.ts'

/** The fields that say when an event is. */
export interface EventFields {
  readonly zone: string
  readonly start: string
  readonly startType: string
  readonly stop: string | null
  readonly delay: string | null
  readonly allDay: string | null
}

/** When something is, in the user's zone written as if it were UTC; of whole days the end is the day after the last. */
export interface Moment {
  readonly start: Date
  readonly end: Date | null
  readonly allDay: boolean
}

const DAY = 86_400_000
const HOUR = 3_600_000

/** What is written when an event is moved or made. */
export function valuesFor(fields: EventFields, { start, end, allDay }: Moment): Record<string, unknown> {
  const { start: from, stop, delay, allDay: whole, startType, zone } = fields
  const day = (date: Date): string => date.toISOString().slice(0, 10)
  if (startType === 'date' || (allDay && whole !== null)) {
    const last = end ? new Date(end.getTime() - DAY) : start
    const text = (date: Date, hours: string): string => (startType === 'date' ? day(date) : `${day(date)} ${hours}`)
    return {
      ...(startType !== 'date' && whole !== null ? { [whole]: true } : {}),
      [from]: text(start, '08:00:00'),
      ...(stop === null ? {} : { [stop]: text(last < start ? start : last, '18:00:00') }),
    }
  }
  // a whole day of a calendar that knows none: from the morning on
  const begin = allDay ? new Date(start.getTime() + 8 * HOUR) : start
  const until = allDay || !end ? new Date(begin.getTime() + HOUR) : end
  const server = (date: Date): string => fromLocalInput(date.toISOString().slice(0, 16), zone)
  return {
    ...(whole === null ? {} : { [whole]: false }),
    [from]: server(begin),
    ...(stop === null ? {} : { [stop]: server(until) }),
    ...(delay === null ? {} : { [delay]: (until.getTime() - begin.getTime()) / HOUR }),
  }
}
