import { fromZoneText, toLocalInput } from './moments.ts'

/** What a currency looks like; `digits` are decimal places. */
export interface CurrencyFormat {
  readonly symbol: string
  readonly position: 'before' | 'after'
  readonly digits: number
}

/** Numbers, dates and amounts as a language writes them, in a time zone. */
export class Formatter {
  /** BCP 47, `fr-FR`. */
  readonly language: string
  readonly zone: string
  readonly #numbers = new Map<number, Intl.NumberFormat>()
  readonly #date: Intl.DateTimeFormat
  readonly #datetime: Intl.DateTimeFormat
  readonly currencies: ReadonlyMap<number, CurrencyFormat>

  constructor(lang: string, zone: string, currencies: ReadonlyMap<number, CurrencyFormat> = new Map()) {
    this.language = bcp47(lang)
    this.zone = zone
    this.currencies = currencies
    this.#date = new Intl.DateTimeFormat(this.language, { dateStyle: 'short', timeZone: 'UTC' })
    this.#datetime = new Intl.DateTimeFormat(this.language, { dateStyle: 'short', timeStyle: 'short', timeZone: zone })
  }

  number(value: number, digits: number): string {
    let format = this.#numbers.get(digits)
    if (!format) {
      format = new Intl.NumberFormat(this.language, { minimumFractionDigits: digits, maximumFractionDigits: digits })
      this.#numbers.set(digits, format)
    }
    return format.format(value)
  }

  /** A share of one as so many of a hundred, with as many `digits`: 0.25 is `25%`. */
  percent(value: number, digits: number): string {
    return new Intl.NumberFormat(this.language, {
      style: 'percent',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value)
  }

  /** An amount with the sign of its currency, when that is known. */
  amount(value: number, currencyId: number | null): string {
    const currency = currencyId === null ? undefined : this.currencies.get(currencyId)
    const text = this.number(value, currency?.digits ?? 2)
    if (!currency) return text
    return currency.position === 'before' ? `${currency.symbol}\u00a0${text}` : `${text}\u00a0${currency.symbol}`
  }

  /** `2026-03-31` in the language's short form. */
  date(text: string): string {
    return this.#date.format(new Date(`${text.slice(0, 10)}T00:00:00Z`))
  }

  /** The day `2026-03-31` that an instant is in, in the user's zone. */
  localDay(text: string): string {
    return toLocalInput(text, this.zone).slice(0, 10)
  }

  /** `2026-03-31 08:30:00`, which is UTC, in the user's zone. */
  datetime(text: string): string {
    return this.#datetime.format(fromZoneText(text))
  }
}

/** `fr_FR` as `fr-FR`, `sr@latin` as `sr-Latn`. */
export function bcp47(lang: string): string {
  const [base = 'en', script] = lang.split('@')
  const tag = base.replace('_', '-')
  const full =
    script === 'latin' ? tag.replace(/^(\w+)/, '$1-Latn') : script === 'Cyrl' ? tag.replace(/^(\w+)/, '$1-Cyrl') : tag
  try {
    return Intl.getCanonicalLocales(full)[0] ?? 'en-US'
  } catch {
    return 'en-US'
  }
}
