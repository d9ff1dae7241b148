import { EXPR_LIMIT } from './errors.ts'

/** Characters of a format. */
const MAX_FORMAT = 200

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const DAY = 86_400_000

const DIRECTIVES: Readonly<Record<string, (date: Date) => string>> = {
  Y: (date) => pad(date.getUTCFullYear(), 4),
  y: (date) => pad(date.getUTCFullYear() % 100, 2),
  m: (date) => pad(date.getUTCMonth() + 1, 2),
  d: (date) => pad(date.getUTCDate(), 2),
  H: (date) => pad(date.getUTCHours(), 2),
  I: (date) => pad(date.getUTCHours() % 12 || 12, 2),
  M: (date) => pad(date.getUTCMinutes(), 2),
  S: (date) => pad(date.getUTCSeconds(), 2),
  f: (date) => pad(date.getUTCMilliseconds() * 1000, 6),
  p: (date) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  j: (date) => pad(dayOfYear(date), 3),
  A: (date) => DAYS[date.getUTCDay()] ?? '',
  a: (date) => (DAYS[date.getUTCDay()] ?? '').slice(0, 3),
  B: (date) => MONTHS[date.getUTCMonth()] ?? '',
  b: (date) => (MONTHS[date.getUTCMonth()] ?? '').slice(0, 3),
  w: (date) => String(date.getUTCDay()),
  u: (date) => String(date.getUTCDay() || 7),
  U: (date) => pad(Math.floor((dayOfYear(date) + 6 - date.getUTCDay()) / 7), 2),
  W: (date) => pad(Math.floor((dayOfYear(date) + 6 - ((date.getUTCDay() + 6) % 7)) / 7), 2),
  V: (date) => pad(isoWeek(date), 2),
  '%': () => '%',
}

/** A date's UTC parts in Python's `strftime` notation, with English names; unknown directives stay as they are. */
export function formatTime(format: string, date: Date): string {
  if (format.length > MAX_FORMAT) throw new EXPR_LIMIT(`A date format may have ${MAX_FORMAT} characters`)
  return format.replace(/%(.)/gs, (directive, letter: string) =>
    Object.hasOwn(DIRECTIVES, letter) ? (DIRECTIVES[letter]?.(date) ?? directive) : directive,
  )
}

function dayOfYear(date: Date): number {
  const first = new Date(date).setUTCMonth(0, 1)
  return Math.floor((date.getTime() - first) / DAY) + 1
}

/** A week belongs to the year of its Thursday. */
function isoWeek(date: Date): number {
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * DAY)
  return Math.floor((dayOfYear(thursday) - 1) / 7) + 1
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
