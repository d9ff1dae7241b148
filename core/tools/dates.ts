import { DATE_INVALID } from './errors.ts'
import { instantOf, offsetAt } from './zones.ts'

/** What dates are counted and cut in. */
export type DateUnit = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year'

/** Day of the week, from 1 = Monday to 7 = Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

const SHAPE = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(Z|[+-]\d\d:?\d\d)?)?$/
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The parts of a text that names a real day and time; `zoned` when it states its zone. */
interface Parts {
  readonly hasTime: boolean
  readonly offset: number
  /** Milliseconds since 1970 of the local time, as if it were UTC. */
  readonly time: number
}

/** The day that a text names, as `YYYY-MM-DD`, without its time if it has one; undefined if there is no such day. */
export function parseDate(text: string): string | undefined {
  return readParts(text) ? text.slice(0, 10) : undefined
}

/**
 * The instant that a text names: `YYYY-MM-DD`, `YYYY-MM-DD HH:MM[:SS[.ffffff]]` in UTC, or the same with `T` and
 * with `Z` or an offset. Undefined if it is anything else, or a day that does not exist.
 */
export function parseDatetime(text: string): Date | undefined {
  const parts = readParts(text)
  return parts && new Date(parts.time - parts.offset)
}

/** `YYYY-MM-DD HH:MM:SS` in UTC: how instants are written on the wire and in SQLite. */
export function formatDatetime(instant: Date): string {
  const iso = instant.toISOString()
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`
}

/** `YYYY-MM-DD` of an instant in UTC. */
export function formatDate(instant: Date): string {
  return instant.toISOString().slice(0, 10)
}

/** Whether a text is a calendar day that exists, and nothing more. */
export function isDate(text: string): boolean {
  return text.length === 10 && readParts(text) !== undefined
}

/**
 * The first day or second of the unit that a day or a local time lies in, in the form of the input.
 * `weekStart` is the day on which weeks begin, from 1 = Monday.
 *
 *     startOf('2026-05-20', 'quarter')          // '2026-04-01'
 *     startOf('2026-05-20 13:45:10', 'week', 7) // '2026-05-17 00:00:00'
 */
export function startOf(text: string, unit: DateUnit, weekStart: number = 1): string {
  const { time, hasTime } = requireParts(text)
  return format(startTime(time, unit, weekStart), hasTime)
}

/**
 * A day or a local time moved by `count` units, in the form of the input. Months and years keep the day where it
 * exists and take the last day of the month where it does not.
 *
 *     addTo('2026-01-31', 1, 'month') // '2026-02-28'
 */
export function addTo(text: string, count: number, unit: DateUnit): string {
  const { time, hasTime } = requireParts(text)
  return format(movedTime(time, Math.trunc(count), unit), hasTime)
}

/** The local time of a zone, `YYYY-MM-DD HH:MM:SS`, at an instant that is written in UTC. */
export function toZone(instant: string, zone: string): string {
  const time = serverTime(instant) ?? timeOf(instant)
  return formatDatetime(new Date(time + offsetAt(time, zone)))
}

/**
 * The instant, `YYYY-MM-DD HH:MM:SS` in UTC, of a local time. A time that comes twice, when clocks go back, is the
 * first; a time that clocks skip is as far after the gap as it was after its begin.
 */
export function fromZone(local: string, zone: string): string {
  return formatDatetime(new Date(instantOf(timeOf(local), zone)))
}

/** The calendar day in a zone, now or at a given instant. */
export function today(zone: string = 'UTC', now: Date = new Date()): string {
  const time = now.getTime()
  return formatDate(new Date(time + offsetAt(time, zone)))
}

/** Number of days of a month; months count from 1. */
export function daysInMonth(year: number, month: number): number {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return leap ? 29 : (MONTH_DAYS[month - 1] ?? 0)
}

/** Milliseconds since 1970 of a local time as if it were UTC, right for the years 1 to 99 too. */
export function utcTime(year: number, month: number, day: number): number {
  const time = Date.UTC(2000, month - 1, day)
  if (year >= 100) return Date.UTC(year, month - 1, day)
  return new Date(time).setUTCFullYear(year, month - 1, day)
}

/** Milliseconds since 1970 that a day or a time in server form stands for, or DATE_INVALID. */
export function timeOf(text: string): number {
  const { time, offset } = requireParts(text)
  return time - offset
}

/**
 * Milliseconds since 1970 of a text in exactly the form `YYYY-MM-DD HH:MM:SS`, undefined of all others. Databases call
 * for it once per row, which is why it looks at characters instead of matching a pattern.
 */
function serverTime(text: string): number | undefined {
  if (
    text.length !== 19 ||
    text[4] !== '-' ||
    text[7] !== '-' ||
    text[10] !== ' ' ||
    text[13] !== ':' ||
    text[16] !== ':'
  )
    return undefined
  const [year, month, day] = [twoDigits(text, 0) * 100 + twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8)]
  const [hour, minute, second] = [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17)]
  const isReal =
    year >= 100 && day >= 1 && day <= daysInMonth(year, month) && hour <= 23 && minute <= 59 && second <= 59
  return isReal ? Date.UTC(year, month - 1, day, hour, minute, second) : undefined
}

/** The number at a place of a text, NaN when there is none. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48]
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN
}

function startTime(time: number, unit: DateUnit, weekStart: number): number {
  if (unit === 'hour') return Math.floor(time / HOUR) * HOUR
  const day = Math.floor(time / DAY)
  if (unit === 'day') return day * DAY
  // 1970-01-01 was a Thursday: day 4, counted from 1 = Monday.
  if (unit === 'week') return (day - ((((day + 4 - weekStart) % 7) + 7) % 7)) * DAY
  const date = new Date(time)
  const year = date.getUTCFullYear()
  const month = date.getUTCMonth()
  if (unit === 'month') return utcTime(year, month + 1, 1)
  return utcTime(year, unit === 'quarter' ? month - (month % 3) + 1 : 1, 1)
}

function movedTime(time: number, count: number, unit: DateUnit): number {
  if (unit === 'hour') return time + count * HOUR
  if (unit === 'day') return time + count * DAY
  if (unit === 'week') return time + count * 7 * DAY
  return addMonths(time, count * (unit === 'year' ? 12 : unit === 'quarter' ? 3 : 1))
}

/** Milliseconds since 1970 moved by months, on the last day of the month where the day does not exist. */
export function addMonths(time: number, count: number): number {
  const date = new Date(time)
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + count
  const year = Math.floor(months / 12)
  const month = months - year * 12 + 1
  const day = Math.min(date.getUTCDate(), daysInMonth(year, month))
  return utcTime(year, month, day) + (((time % DAY) + DAY) % DAY)
}

function format(time: number, hasTime: boolean): string {
  const date = new Date(time)
  const year = date.getUTCFullYear()
  if (!(year >= 1 && year <= 9999)) throw new DATE_INVALID(String(year))
  return hasTime ? formatDatetime(date) : formatDate(date)
}

function requireParts(text: string): Parts {
  const parts = readParts(text)
  if (!parts) throw new DATE_INVALID(text)
  return parts
}

function readParts(text: string): Parts | undefined {
  const match = SHAPE.exec(text)
  if (!match) return undefined
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (year < 1 || day < 1 || day > daysInMonth(year, month)) return undefined
  const midnight = utcTime(year, month, day)
  if (match[4] === undefined) return { time: midnight, offset: 0, hasTime: false }
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6] ?? 0)]
  const offset = offsetOf(match[8])
  if (hour > 23 || minute > 59 || second > 59 || offset === undefined) return undefined
  const milliseconds = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))
  const time = midnight + hour * HOUR + minute * 60_000 + second * 1000 + milliseconds
  return { time, offset, hasTime: true }
}

/** Milliseconds by which a zone such as `+02:00` is ahead of UTC. */
function offsetOf(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(-2))
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * HOUR + minutes * 60_000)
}
