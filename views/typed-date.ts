/* Dates as people type them: pure, the same on the server and in the browser. */

/** Units of `+5d`: an upper-case `H` and `M` are hours and minutes, where there is a time. */
const SHIFT = /^([+-])\s*(\d{1,4})\s*([dwmyHM])$/

/** What a typed date is understood by. */
export interface TypedContext {
  /** BCP 47: it says whether the day or the month comes first. */
  readonly language: string
  /** `2026-03-31`, in the zone of whoever types. */
  readonly today: string
  /** `10:30`: the time now, for what counts from now. */
  readonly time?: string
}

/** `2026-03-31` as a language writes a day in full: `31/03/2026`. */
export function dayText(day: string, language: string): string {
  return new Intl.DateTimeFormat(language, {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`))
}

/** `2026-03-31T10:30` in a language: `31/03/2026 10:30`. */
export function momentText(local: string, language: string): string {
  const time = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
    // halves of the day are read back where they are written "AM" and "PM"
    ...(language.startsWith('en') ? {} : { hourCycle: 'h23' as const }),
  })
  return `${dayText(local.slice(0, 10), language)} ${time.format(new Date(`${local.slice(0, 16)}:00Z`))}`
}

/**
 * The day that a text means, `2026-03-31`: `31/03/2026` in the order of the language, `31/3` of this year, `31` of
 * this month, `+5d`, `-2w`, `+1m`, `-1y` from today, or the language's word for today, tomorrow, yesterday.
 * `undefined` when it is none.
 */
export function parseDay(text: string, { language, today }: TypedContext): string | undefined {
  const trimmed = text.trim()
  const shift = SHIFT.exec(trimmed)
  if (shift) return shifted(`${today}T00:00`, shift)?.slice(0, 10)
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  for (const days of [0, 1, -1])
    if (trimmed.toLowerCase() === words.format(days, 'day').toLowerCase()) return addDays(today, days)
  if (!/^\d[\d\s./\-\u200f]*$/.test(trimmed)) return undefined
  const parts = trimmed.split(/\D+/).filter(Boolean)
  const [year = 0, month = 0, day = 0] = numbered(parts, language, today)
  const made = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
  const date = new Date(`${made}T00:00:00Z`)
  // a 31st of February would silently become a day of March
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(made) ? made : undefined
}

/** The same with a time, `2026-03-31T10:30`: `31/3 14:30`, `31/3 2pm`, `31/3 14h`, `+3H`; a day alone has the time `otherwise`. */
export function parseMoment(text: string, context: TypedContext, otherwise = '00:00'): string | undefined {
  const trimmed = text.trim()
  const shift = SHIFT.exec(trimmed)
  if (shift) return shifted(`${context.today}T${context.time ?? '00:00'}`, shift)
  const clock = /[\s,T]+(\d{1,2})(?:[:hH.](\d{2})?(?::\d{2})?)?[\s\u202f]*([ap])?\.?(?:m\.?)?$/i.exec(trimmed)
  const [whole = '', hour, minute = '', half] = clock ?? []
  const hasTime = clock && (/[:hH]/.test(whole) || half !== undefined)
  const day = parseDay(hasTime ? trimmed.slice(0, -whole.length) : trimmed, context)
  if (!day || !hasTime) return day && `${day}T${otherwise}`
  let hours = Number(hour)
  if (half) hours = (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  return hours > 23 || Number(minute) > 59 ? undefined : `${day}T${two(hours)}:${two(Number(minute))}`
}

/** Year, month and day of the numbers of a date, those left out being today's. */
function numbered(parts: readonly string[], language: string, today: string): readonly number[] {
  const [year = 0, month = 0] = today.split('-').map(Number)
  const numbers = parts.map(Number)
  if (parts.length === 1) {
    const digits = parts[0] ?? ''
    if (digits.length <= 2) return [year, month, Number(digits)]
    // 310326 and 31032026: all in one
    const cut = inOrder([digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].map(Number), language)
    return digits.length === 6 || digits.length === 8 ? [fullYear(cut[0] ?? 0, year), cut[1] ?? 0, cut[2] ?? 0] : []
  }
  if ((parts[0]?.length ?? 0) === 4) return numbers.length === 3 ? numbers : []
  if (parts.length === 2) {
    const [first, second] = numbers as [number, number]
    return dayFirst(language) ? [year, second, first] : [year, first, second]
  }
  if (parts.length !== 3) return []
  const [ofYear, ofMonth, ofDay] = inOrder(numbers, language) as [number, number, number]
  return [fullYear(ofYear, year), ofMonth, ofDay]
}

const two = (number: number): string => String(number).padStart(2, '0')

/** `26` is 2026; what would be more than fifty years ahead was in the century before. */
function fullYear(year: number, now: number): number {
  if (year > 99) return year
  const near = Math.floor(now / 100) * 100 + year
  return near > now + 50 ? near - 100 : near
}

const order = (language: string): readonly string[] =>
  new Intl.DateTimeFormat(language)
    .formatToParts(new Date(0))
    .map(({ type }) => type)
    .filter((type) => type === 'year' || type === 'month' || type === 'day')

const dayFirst = (language: string): boolean => order(language).indexOf('day') < order(language).indexOf('month')

function inOrder(numbers: readonly number[], language: string): readonly number[] {
  const types = order(language)
  return ['year', 'month', 'day'].map((type) => numbers[types.indexOf(type)] ?? 0)
}

const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

function shifted(from: string, [, sign, count, unit]: RegExpExecArray): string | undefined {
  const by = Number(count) * (sign === '-' ? -1 : 1)
  const date = new Date(`${from}:00Z`)
  if (unit === 'H') date.setUTCHours(date.getUTCHours() + by)
  else if (unit === 'M') date.setUTCMinutes(date.getUTCMinutes() + by)
  else if (unit === 'd' || unit === 'w') date.setUTCDate(date.getUTCDate() + by * (unit === 'w' ? 7 : 1))
  else {
    const day = date.getUTCDate()
    date.setUTCDate(1)
    date.setUTCMonth(date.getUTCMonth() + by * (unit === 'y' ? 12 : 1))
    // a month after the 31st of January is the last day of February
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
    date.setUTCDate(Math.min(day, last))
  }
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 16)
}
