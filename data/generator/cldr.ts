import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { present } from './errors.ts'
import { readJson } from './sources.ts'

/** The names that a locale gives, by code; CLDR's `-alt-…` keys are among them. */
type Names = Readonly<Record<string, string>>

/** What a locale says of a currency. */
export interface CurrencyNames {
  readonly displayName?: string
  readonly 'displayName-count-other'?: string
  readonly symbol?: string
  readonly 'symbol-alt-narrow'?: string
}

/** How a locale writes numbers, in Latin digits. */
export interface NumberStyle {
  readonly decimal: string
  readonly group: string
  /** CLDR pattern, e.g. `#,##0.###`. */
  readonly pattern: string
  /** CLDR pattern with `¤` where the symbol stands. */
  readonly currencyPattern: string
}

/** How a locale writes dates (short) and times (medium), as CLDR patterns. */
export interface DateStyle {
  readonly date: string
  readonly time: string
}

/** The parts of CLDR's JSON packages that the generator reads. */
export interface Cldr {
  territories(locale: string): Names
  languages(locale: string): Names
  scripts(locale: string): Names
  currencies(locale: string): Readonly<Record<string, CurrencyNames>>
  numbers(locale: string): NumberStyle
  dates(locale: string): DateStyle
  /** The locale that holds the data of a language in a region (`fr`, `FR` gives `fr`; `zh`, `TW` gives `zh-Hant`). */
  localeFor(language: string, region: string): string | undefined
  /** The language most used in a region. */
  languageOf(region: string): string
  /** The region where a language is most used. */
  regionOf(language: string): string
  /** The script (`Latn`) of a language in a region. */
  scriptOf(language: string, region: string): string
  isRightToLeft(script: string): boolean
  /** The currencies in use in a region, legal tender only. */
  tender(region: string): readonly string[]
  /** The first day of the week in a region: `mon` … `sun`. */
  firstDay(region: string): string
}

interface Main {
  readonly main: Readonly<Record<string, unknown>>
}

interface DisplayNames {
  readonly localeDisplayNames: { readonly territories: Names; readonly languages: Names; readonly scripts: Names }
}

interface Numbers {
  readonly numbers: {
    readonly currencies: Readonly<Record<string, CurrencyNames>>
    readonly 'symbols-numberSystem-latn': { readonly decimal: string; readonly group: string }
    readonly 'decimalFormats-numberSystem-latn': { readonly standard: string }
    readonly 'currencyFormats-numberSystem-latn': { readonly standard: string }
  }
}

interface Gregorian {
  readonly dates: {
    readonly calendars: {
      readonly gregorian: { readonly dateFormats: { short: string }; readonly timeFormats: { medium: string } }
    }
  }
}

/** A currency of a region: its code and since when, until when and whether it is legal tender. */
type CurrencyPeriod = Readonly<Record<string, { readonly _to?: string; readonly _tender?: string }>>

interface CurrencyData {
  readonly supplemental: { readonly currencyData: { readonly region: Record<string, readonly CurrencyPeriod[]> } }
}

interface LikelySubtags {
  readonly supplemental: { readonly likelySubtags: Names }
}

interface WeekData {
  readonly supplemental: { readonly weekData: { readonly firstDay: Names } }
}

interface ScriptMetadata {
  readonly scriptMetadata: Readonly<Record<string, { readonly rtl: string }>>
}

/** Opens the folder that holds `cldr-core`, `cldr-localenames-full`, `cldr-numbers-full` and `cldr-dates-full`. */
export function openCldr(folder: string): Cldr {
  const core = (name: string): unknown => readJson(join(folder, 'cldr-core', name))
  const { likelySubtags: likely } = (core('supplemental/likelySubtags.json') as LikelySubtags).supplemental
  const { region: regions } = (core('supplemental/currencyData.json') as CurrencyData).supplemental.currencyData
  const { firstDay } = (core('supplemental/weekData.json') as WeekData).supplemental.weekData
  const { scriptMetadata } = core('scriptMetadata.json') as ScriptMetadata

  /** One file of a locale, from one of the packages `cldr-…-full`. */
  const main = (name: string, file: string, locale: string): unknown => {
    const path = join(folder, `cldr-${name}-full`, 'main', locale, `${file}.json`)
    return present((readJson(path) as Main).main[locale], `locale ${locale} in ${path}`)
  }
  const displayNames = (file: string, locale: string): DisplayNames['localeDisplayNames'] =>
    (main('localenames', file, locale) as DisplayNames).localeDisplayNames
  const hasLocale = (locale: string): boolean => existsSync(join(folder, 'cldr-dates-full', 'main', locale))
  /** One subtag (language, script, region) of the most likely full tag; tags that CLDR does not list are English. */
  const likelySubtag = (tag: string, part: 0 | 1 | 2): string =>
    present(present(likely[tag] ?? likely['und'], tag).split('-')[part], `a likely subtag of ${tag}`)
  const scriptOf = (language: string, region: string): string => {
    const tag = `${language}-${region}`
    return likelySubtag(tag in likely ? tag : language, 1)
  }

  return {
    territories: (locale) => displayNames('territories', locale).territories,
    languages: (locale) => displayNames('languages', locale).languages,
    scripts: (locale) => displayNames('scripts', locale).scripts,
    currencies: (locale) => (main('numbers', 'currencies', locale) as Numbers).numbers.currencies,
    numbers: (locale) => {
      const { numbers } = main('numbers', 'numbers', locale) as Numbers
      return {
        ...numbers['symbols-numberSystem-latn'],
        pattern: numbers['decimalFormats-numberSystem-latn'].standard,
        currencyPattern: numbers['currencyFormats-numberSystem-latn'].standard,
      }
    },
    dates: (locale) => {
      const { gregorian } = (main('dates', 'ca-gregorian', locale) as Gregorian).dates.calendars
      return { date: gregorian.dateFormats.short, time: gregorian.timeFormats.medium }
    },
    localeFor: (language, region) => {
      const script = scriptOf(language, region)
      const candidates = [`${language}-${region}`, `${language}-${script}-${region}`, `${language}-${script}`, language]
      return candidates.find(hasLocale)
    },
    languageOf: (region) => likelySubtag(`und-${region}`, 0),
    regionOf: (language) => likelySubtag(language, 2),
    scriptOf,
    isRightToLeft: (script) => scriptMetadata[script]?.rtl === 'YES',
    tender: (region) =>
      (regions[region] ?? [])
        .flatMap((period) => Object.entries(period))
        .filter(([, { _to, _tender }]) => _to === undefined && _tender !== 'false')
        .map(([code]) => code),
    firstDay: (region) => firstDay[region] ?? present(firstDay['001'], 'the first day of the week'),
  }
}
