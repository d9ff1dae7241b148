import { addTo, formatDatetime, fromZone, parseDatetime, toZone } from '#core'

/** What an interval is counted in. */
export type IntervalUnit = 'minutes' | 'hours' | 'days' | 'weeks' | 'months'

const MINUTE = 60_000

/**
 * The first time after `now` at which a job runs again. Days, weeks and months are counted on the clock of the user's
 * time zone, so that a job of the early morning stays one when clocks change.
 */
export function nextCall(last: Date, now: Date, number: number, unit: IntervalUnit, zone: string): Date {
  if (last > now) return last
  if (unit === 'minutes' || unit === 'hours') {
    const step = number * (unit === 'hours' ? 60 : 1) * MINUTE
    return new Date(last.getTime() + (Math.floor((now.getTime() - last.getTime()) / step) + 1) * step)
  }
  const start = toZone(formatDatetime(last), zone)
  const step = { days: 'day', weeks: 'week', months: 'month' } as const
  // counting from the start keeps the day of the month: 31 January, 28 February, 31 March
  for (let count = number; ; count += number) {
    const next = parseDatetime(fromZone(addTo(start, count, step[unit]), zone))
    if (next && next > now) return next
  }
}
