import type { Cldr, CurrencyNames } from './cldr.ts'
import { ADDED, HOME_REGIONS, MINOR_UNITS, NOT_MONEY, SUBUNIT_LABELS, UNIT_LABELS } from './currency-facts.ts'
import { present } from './errors.ts'
import type { Iso } from './sources.ts'
import { byCodeUnit, capitalized, flag, type Table } from './table.ts'

/** The currencies that are offered from the start; all others wait to be switched on. */
const ACTIVE: ReadonlySet<string> = new Set(['EUR', 'USD'])

/** All currencies of ISO 4217 that people pay with. */
export function currencies(iso: Iso, cldr: Cldr): Table {
  const model = 'res.currency'
  const english = cldr.currencies('en')
  const french = cldr.currencies('fr')
  const numeric = new Map([
    ...iso.currencies
      .filter(({ alpha_3 }) => !NOT_MONEY.has(alpha_3))
      .map((currency) => [currency.alpha_3, currency.numeric] as const),
    ...Object.entries(ADDED),
  ])
  const codes = [...numeric.keys()].sort(byCodeUnit)
  return {
    model,
    rows: codes.map((code) => {
      const names = present(english[code], `the English names of ${code}`)
      const home = homeLocale(cldr, code)
      return {
        id: code,
        name: code,
        full_name: displayName(names, code),
        symbol: symbol(names, cldr, home, code),
        iso_numeric: String(Number(numeric.get(code))),
        rounding: rounding(code),
        position: symbolComesFirst(cldr.numbers(home).currencyPattern) ? 'before' : 'after',
        currency_unit_label: unitLabel(names, code),
        currency_subunit_label: SUBUNIT_LABELS.get(code) ?? '',
        active: flag(ACTIVE.has(code)),
      }
    }),
    french: codes.flatMap((code) => {
      const name = french[code]?.displayName
      return name === undefined ? [] : [{ model, id: code, field: 'full_name', value: capitalized(name, 'fr') }]
    }),
  }
}

function displayName(names: CurrencyNames, code: string): string {
  return present(names.displayName, `the name of ${code}`)
}

/** The locale in which most payments in a currency are written; English where CLDR has no data of the local language. */
function homeLocale(cldr: Cldr, code: string): string {
  const region = HOME_REGIONS[code] ?? code.slice(0, 2)
  return cldr.localeFor(cldr.languageOf(region), region) ?? 'en'
}

/**
 * The short sign of a currency: the English one, else that of its home, else its code.
 *
 * Letters of other scripts than Latin and Cyrillic are passed over: fonts of printed documents often lack them, and
 * right-to-left letters would turn around the order of sign and amount. So are signs of which nothing is visible.
 */
function symbol(english: CurrencyNames, cldr: Cldr, home: string, code: string): string {
  const local = cldr.currencies(home)[code]
  const candidates = [english['symbol-alt-narrow'], local?.['symbol-alt-narrow'], local?.symbol, english.symbol, code]
  const chosen = candidates.find((sign) => sign !== undefined && sign !== code && isPlainSign(sign))
  return (chosen ?? code).replaceAll(/\s/g, ' ')
}

function isPlainSign(sign: string): boolean {
  return /[\p{L}\p{Sc}]/u.test(sign) && !/(?![\p{Script=Latin}\p{Script=Cyrillic}])\p{L}/u.test(sign)
}

/** The smallest amount: `0.01` for two decimals, `1` for none. */
function rounding(code: string): string {
  return String(10 ** -(MINOR_UNITS.get(code) ?? 2))
}

function symbolComesFirst(pattern: string): boolean {
  return pattern.indexOf('¤') < pattern.search(/[#0]/)
}

/** `Dollars` of `Canadian dollars`: amounts in words name the unit without its country. */
function unitLabel(names: CurrencyNames, code: string): string {
  const plural = names['displayName-count-other'] ?? displayName(names, code)
  return (
    UNIT_LABELS[code] ??
    capitalized(
      present(
        plural
          .replace(/ \(.*\)$/, '')
          .split(' ')
          .at(-1),
        `the unit of ${code}`,
      ),
      'en',
    )
  )
}
