import type { Granularity } from '../../sql/dialect.ts'
import { addTo, fromZone, utcTime } from '../../tools/dates.ts'
import { monthNames, quarterName } from './period-names.ts'

const DAY = 86_400_000
const MONDAY = 1

/** The first moment of a period, and the first one after it: days, or instants in UTC as `YYYY-MM-DD HH:MM:SS`. */
export interface Period {
  readonly from: string
  readonly to: string
}

/** The bounds of the period that begins at `start`, a day or a local time of the zone. */
export function periodOf(start: string, by: Granularity, type: 'date' | 'datetime', zone: string): Period {
  if (type === 'date') return { from: start, to: addTo(start, 1, by) }
  const local = start.length === 10 ? `${start} 00:00:00` : start
  return { from: fromZone(local, zone), to: fromZone(addTo(local, 1, by), zone) }
}

/**
 * How the period that begins at `start` is called in a language such as `fr_FR`: `January 2026`, `05 Jan 2026`,
 * `Q1 2026`, `W2 2026`, `2026`, `02:00 05 Jan`. Weeks begin on `weekStart`, 1 = Monday.
 */
export function periodLabel(start: string, by: Granularity, lang: string, weekStart: number): string {
  const [year, month, day] = [start.slice(0, 4), Number(start.slice(5, 7)), start.slice(8, 10)]
  const { long, short } = monthNames(lang)
  switch (by) {
    case 'hour': {
      // hours are shown from 01 to 12, which is how clients know these labels
      const hour = ((Number(start.slice(11, 13)) + 11) % 12) + 1
      return `${String(hour).padStart(2, '0')}:00 ${day} ${short[month - 1]}`
    }
    case 'day':
      return `${day} ${short[month - 1]} ${year}`
    case 'week': {
      const week = weekOf(start, weekStart)
      return `W${week.number} ${String(week.year).padStart(4, '0')}`
    }
    case 'month':
      return `${long[month - 1]} ${year}`
    case 'quarter':
      return `${quarterName(Math.ceil(month / 3), lang)} ${year}`
    default:
      return year
  }
}

/**
 * The number of the week that begins on a day, and the year that it counts for. Weeks from Monday on follow ISO 8601,
 * where the first week has most of its days in the year; all others are counted from the week of January 1.
 */
function weekOf(start: string, weekStart: number): { readonly year: number; readonly number: number } {
  const begin = utcTime(Number(start.slice(0, 4)), Number(start.slice(5, 7)), Number(start.slice(8, 10)))
  const deciding = begin + (weekStart === MONDAY ? 3 : 6) * DAY
  const year = new Date(deciding).getUTCFullYear()
  return { year, number: Math.floor((deciding - utcTime(year, 1, 1)) / DAY / 7) + 1 }
}
