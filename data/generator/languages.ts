import type { Cldr } from './cldr.ts'
import { present } from './errors.ts'
import { LANGUAGE_CODES } from './language-codes.ts'
import { dateFormat, timeFormat } from './strftime.ts'
import { byCodeUnit, capitalized, flag, type Table } from './table.ts'

/** A language as CLDR knows it. */
interface Language {
  /** As the product writes it: `fr_BE`, `sr@latin`. */
  readonly code: string
  /** CLDR's code of the language: `fr`; `fil` for the product's `tl`. */
  readonly language: string
  /** Country code, or the number of a larger region. */
  readonly region: string
  /** The script, where the code names it. */
  readonly script: string | undefined
  /** Where CLDR keeps its data: `fr-BE`. */
  readonly locale: string
  readonly isBase: boolean
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

const SCRIPTS: Readonly<Record<string, string>> = { Cyrl: 'Cyrl', latin: 'Latn' }

// Chinese has no base: its two scripts are languages of their own to their readers.
const WITHOUT_BASE: ReadonlySet<string> = new Set(['sr', 'zh'])

/** The languages in which the product can be used and the formats of each. */
export function languages(cldr: Cldr): Table {
  const model = 'res.lang'
  const known = LANGUAGE_CODES.map((code) => parse(cldr, code)).sort((a, b) => byCodeUnit(a.code, b.code))
  return {
    model,
    rows: known.map((each) => {
      const iso = each.isBase ? (each.code.split('_')[0] ?? each.code) : each.code
      const numbers = cldr.numbers(each.locale)
      const dates = cldr.dates(each.locale)
      return {
        id: languageId(each),
        name: bilingual(nameIn(cldr, each, 'en'), nameIn(cldr, each, each.locale)),
        code: each.code,
        iso_code: iso,
        url_code: iso,
        direction: cldr.isRightToLeft(cldr.scriptOf(each.language, each.region)) ? 'rtl' : 'ltr',
        date_format: dateFormat(dates.date),
        time_format: timeFormat(dates.time),
        week_start: String(WEEKDAYS.indexOf(cldr.firstDay(countryOf(cldr, each))) + 1),
        grouping: grouping(numbers.pattern),
        decimal_point: numbers.decimal,
        // Many fonts of printed documents lack the narrow no-break space.
        thousands_sep: numbers.group.replace('\u202f', '\u00a0'),
        active: flag(each.code === 'en_US'),
      }
    }),
    french: known.map((each) => ({
      model,
      id: languageId(each),
      field: 'name',
      value: bilingual(nameIn(cldr, each, 'fr'), nameIn(cldr, each, each.locale)),
    })),
  }
}

function parse(cldr: Cldr, code: string): Language {
  const [own = code, variant = ''] = code.split(/[_@]/)
  const language = own === 'tl' ? 'fil' : own
  const script = SCRIPTS[variant]
  const region = script === undefined ? variant : cldr.regionOf(language)
  const isBase = !WITHOUT_BASE.has(own) && LANGUAGE_CODES.find((each) => each.startsWith(`${own}_`)) === code
  const locale =
    script === undefined ? present(cldr.localeFor(language, region), `a locale for ${code}`) : `${language}-${script}`
  return { code, language, region, script, locale, isBase }
}

function languageId({ code, isBase }: Language): string {
  return `lang_${(isBase ? code.replace(/_.*/, '') : code).replaceAll(/[^A-Za-z0-9_]/g, '_')}`
}

/** The country whose calendar a language follows: its own region, else where it is most spoken. */
function countryOf(cldr: Cldr, { language, region }: Language): string {
  return /^[A-Z]{2}$/.test(region) ? region : cldr.regionOf(language)
}

/** The name of a language in a locale, with the region or script where the language alone would not tell it apart. */
function nameIn(cldr: Cldr, { language, region, script, locale, isBase }: Language, viewer: string): string {
  const names = cldr.languages(viewer)
  const name = capitalized(present(names[writtenIn(locale)] ?? names[language], `${language} in ${viewer}`), viewer)
  if (script !== undefined) return `${name} (${present(cldr.scripts(viewer)[script], script)})`
  // Simplified and traditional Chinese are told apart by their names; American English is one of many.
  if (language === 'zh' ? locale === writtenIn(locale) : isBase && language !== 'en') return name
  const territories = cldr.territories(viewer)
  return `${name} (${territories[`${region}-alt-short`] ?? present(territories[region], `${region} in ${viewer}`)})`
}

/** `zh-Hant` of `zh-Hant-HK`; `fr-BE` stays as it is. */
function writtenIn(locale: string): string {
  return /^zh-[A-Z][a-z]{3}/.exec(locale)?.[0] ?? locale.split('-')[0] ?? locale
}

/** `French / Français`, or one of the two where both are the same. */
function bilingual(foreign: string, own: string): string {
  return foreign === own ? foreign : `${foreign} / ${own}`
}

/** The sizes of the groups of digits, right to left, of a CLDR number pattern: `[3,2,0]` for India's `#,##,##0.###`. */
function grouping(pattern: string): string {
  const [, ...groups] = present(pattern.split('.')[0], pattern).split(',')
  const sizes = groups.map((group) => group.length).reverse()
  return `[${[...sizes, 0].join(',')}]`
}
