import { SEQUENCE_PLACEHOLDER } from './ir_errors.ts'

/** The local times that placeholders speak of, each as `YYYY-MM-DD HH:MM:SS`. */
export interface SequenceMoments {
  /** `%(current_…)s`: when the number is drawn. */
  readonly current: string
  /** `%(…)s`: the date of the document. */
  readonly effective: string
  /** `%(range_…)s`: the first day of the date range. */
  readonly range: string
}

const DAY = 86_400_000

const two = (value: number): string => String(value).padStart(2, '0')
const startOfYear = (year: number): number => Date.UTC(year, 0, 1)
const dayOfYear = (date: Date): number => Math.floor((date.getTime() - startOfYear(date.getUTCFullYear())) / DAY) + 1

/** Weeks that begin on Monday; the days before the first Monday are in week 0. */
const weekOfYear = (date: Date): number => Math.floor((dayOfYear(date) + 6 - ((date.getUTCDay() + 6) % 7)) / 7)

/** The Thursday of the week: its year is the year that ISO 8601 counts the week in. */
const thursday = (date: Date): Date => new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * DAY)

const PARTS: Readonly<Record<string, (date: Date) => string>> = {
  year: (date) => String(date.getUTCFullYear()).padStart(4, '0'),
  y: (date) => two(date.getUTCFullYear() % 100),
  month: (date) => two(date.getUTCMonth() + 1),
  day: (date) => two(date.getUTCDate()),
  doy: (date) => String(dayOfYear(date)).padStart(3, '0'),
  woy: (date) => two(weekOfYear(date)),
  weekday: (date) => String(date.getUTCDay()),
  h24: (date) => two(date.getUTCHours()),
  h12: (date) => two(date.getUTCHours() % 12 || 12),
  min: (date) => two(date.getUTCMinutes()),
  sec: (date) => two(date.getUTCSeconds()),
  isoyear: (date) => String(thursday(date).getUTCFullYear()).padStart(4, '0'),
  isoy: (date) => two(thursday(date).getUTCFullYear() % 100),
  isoweek: (date) => two(Math.ceil(dayOfYear(thursday(date)) / 7)),
}

const moment = (text: string): Date => new Date(`${text.slice(0, 10)}T${text.slice(11) || '00:00:00'}Z`)

/**
 * A prefix or suffix with its placeholders filled: `%(year)s`, `%(current_year)s`, `%(range_year)s` and so on; `%%` is
 * a per cent sign.
 * @throws SEQUENCE_PLACEHOLDER
 */
export function interpolate(text: string, moments: SequenceMoments): string {
  return text.replace(/%%|%\((\w*)\)s/g, (found, name: string | undefined) => {
    if (found === '%%' || name === undefined) return '%'
    const [, scope = 'effective', part = ''] = /^(?:(current|range)_)?(.*)$/.exec(name) ?? []
    const format = Object.hasOwn(PARTS, part) ? PARTS[part] : undefined
    if (!format) throw new SEQUENCE_PLACEHOLDER(text, name, Object.keys(PARTS))
    return format(moment(scope === 'current' ? moments.current : scope === 'range' ? moments.range : moments.effective))
  })
}

/** What is wrong with a prefix or suffix, or nothing. */
export function formatMistake(text: string): string | undefined {
  const unknown = [...text.matchAll(/%%|%\((\w*)\)s/g)].find(
    ([, name]) => name !== undefined && !Object.hasOwn(PARTS, name.replace(/^(current|range)_/, '')),
  )
  return unknown && new SEQUENCE_PLACEHOLDER(text, unknown[1] ?? '', Object.keys(PARTS)).message
}

/** The number with its leading zeros, between prefix and suffix. */
export function formatNumber(prefix: string, number: number, padding: number, suffix: string): string {
  const sign = number < 0 ? '-' : ''
  return `${prefix}${sign}${String(Math.abs(number)).padStart(padding - sign.length, '0')}${suffix}`
}
