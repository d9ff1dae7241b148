interface MonthNames {
  readonly long: readonly string[]
  readonly short: readonly string[]
}

/** Letters before the number of a quarter, in languages where it is not Q. The runtime knows no names of quarters. */
const QUARTERS: Readonly<Record<string, string>> = { es: 'T', fr: 'T', it: 'T', nb: 'K', nl: 'K', pt: 'T', sv: 'K' }

const known = new Map<string, MonthNames>()

/** Names of the twelve months as they stand in a date of the language, such as `fr_FR`: whole and abbreviated. */
export function monthNames(lang: string): MonthNames {
  let names = known.get(lang)
  if (!names) known.set(lang, (names = { long: namesOf(lang, 'long'), short: namesOf(lang, 'short') }))
  return names
}

/** `Q1`, or what the language writes for it. */
export function quarterName(quarter: number, lang: string): string {
  return `${QUARTERS[lang.slice(0, 2)] ?? 'Q'}${quarter}`
}

function namesOf(lang: string, month: 'long' | 'short'): string[] {
  const shape = { month, calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC' } as const
  const locales = [tagOf(lang), 'en-US']
  // beside a day, languages that decline names of months decline them
  const inDate = new Intl.DateTimeFormat(locales, { ...shape, day: 'numeric' })
  const alone = new Intl.DateTimeFormat(locales, shape)
  return Array.from({ length: 12 }, (_, i) => {
    const day = Date.UTC(2024, i, 1)
    const name = inDate.formatToParts(day).find((part) => part.type === 'month')?.value ?? ''
    return /^\d*$/.test(name) ? alone.format(day) : name
  })
}

/** The BCP 47 tag of a language code: `sr@latin` is `sr-Latn`. */
function tagOf(lang: string): string {
  const tag = lang.replace('@latin', '-Latn').replace(/[_@]/g, '-')
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en-US'
  } catch {
    return 'en-US' // a code that is no tag; names of months are shown all the same
  }
}
