import { parseDatetime } from '#core'

/** What helpers know of who reads. */
export interface Reader {
  /** A language as the product names it: `fr_FR`. */
  readonly lang: string
  /** An IANA time zone. */
  readonly zone: string
}

/** A currency as a template has it. */
interface CurrencyData {
  readonly name?: unknown
}

type Length = 'short' | 'medium' | 'long' | 'full'
const LENGTHS: readonly string[] = ['short', 'medium', 'long', 'full']

/** The language for `Intl`; English when it does not know it. */
export function localeOf(lang: string): string {
  const tag = lang.replaceAll('_', '-').replace(/@.*$/, '')
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en-US'
  } catch {
    return 'en-US'
  }
}

/** What templates can call. Each takes values and answers text, or yes or no. */
export function helpersFor({
  lang,
  zone,
}: Reader): Readonly<Record<string, (...values: readonly unknown[]) => unknown>> {
  const locale = localeOf(lang)
  return {
    /** `{{date object.date_order "long"}}`: the day, as people write it. */
    date: (value, length) => {
      const day =
        typeof value === 'string' ? parseDatetime(value.slice(0, 10)) : value instanceof Date ? value : undefined
      if (!day) return ''
      // a calendar day has no time zone
      const timeZone = typeof value === 'string' ? 'UTC' : zone
      return new Intl.DateTimeFormat(locale, { dateStyle: lengthOf(length, 'medium'), timeZone }).format(day)
    },
    /** `{{datetime object.create_date}}`: day and time in the reader's time zone. */
    datetime: (value, length) => {
      const moment = value instanceof Date ? value : typeof value === 'string' ? parseDatetime(value) : undefined
      if (!moment) return ''
      const style = lengthOf(length, 'medium')
      return new Intl.DateTimeFormat(locale, { dateStyle: style, timeStyle: 'short', timeZone: zone }).format(moment)
    },
    /** `{{monetary object.amount_total object.currency_id}}`: an amount with its currency. */
    monetary: (value, currency) => {
      const { name } = (currency ?? {}) as CurrencyData
      const amount = Number(value ?? 0)
      if (typeof name !== 'string' || !/^[A-Z]{3}$/.test(name)) return new Intl.NumberFormat(locale).format(amount)
      return new Intl.NumberFormat(locale, { style: 'currency', currency: name }).format(amount)
    },
    /** `{{number object.quantity 2}}`: a number with so many decimals. */
    number: (value, decimals) => {
      const digits = typeof decimals === 'number' && decimals >= 0 && decimals <= 20 ? decimals : undefined
      const options = digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits }
      return new Intl.NumberFormat(locale, options).format(Number(value ?? 0))
    },
    /** The first value that is there. */
    or: (...values) => values.find(isThere) ?? values.at(-1) ?? '',
    and: (...values) => values.find((value) => !isThere(value)) ?? values.at(-1) ?? '',
    not: (value) => !isThere(value),
    eq: (a, b) => plain(a) === plain(b),
    ne: (a, b) => plain(a) !== plain(b),
    gt: (a, b) => Number(plain(a)) > Number(plain(b)),
    lt: (a, b) => Number(plain(a)) < Number(plain(b)),
  }
}

/** The names of all helpers. */
export const HELPER_NAMES: ReadonlySet<string> = new Set(Object.keys(helpersFor({ lang: 'en_US', zone: 'UTC' })))

function lengthOf(length: unknown, fallback: Length): Length {
  return typeof length === 'string' && LENGTHS.includes(length) ? (length as Length) : fallback
}

function isThere(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value) && value !== ''
}

/** Dates as their instants, records as their ids, the rest as it is. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.getTime()
  if (typeof value === 'object' && value !== null && 'id' in value) return value.id
  return value
}
