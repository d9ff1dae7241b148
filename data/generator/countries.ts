import { addressFormat } from './address-format.ts'
import type { Cldr } from './cldr.ts'
import { BORROWED_DIALLING_CODES, NAMES, PART_OF_US_MAIL, SHORT_NAMES, VAT_LABELS } from './country-facts.ts'
import { countryId } from './country-id.ts'
import { present } from './errors.ts'
import { EUROPEAN_UNION } from './groups.ts'
import type { AddressRule, Iso } from './sources.ts'
import { byCodeUnit, flag, type Table } from './table.ts'

/** The currency of a country; empty where there is none (Antarctica). */
export function mainCurrency(cldr: Cldr, country: string): string {
  const tender = cldr.tender(country)
  // Where two are legal tender (Bhutan: BTN and INR), the country's own carries its code.
  return tender.find((code) => code.startsWith(country)) ?? tender[0] ?? ''
}

/** All countries of ISO 3166-1. */
export function countries(
  iso: Iso,
  cldr: Cldr,
  dialling: ReadonlyMap<string, string>,
  addresses: ReadonlyMap<string, AddressRule>,
): Table {
  const model = 'res.country'
  const english = cldr.territories('en')
  const french = cldr.territories('fr')
  const withStates = new Set(iso.subdivisions.map((subdivision) => subdivision.code.slice(0, 2)))
  const codes = iso.countries.map(({ alpha_2 }) => alpha_2).sort(byCodeUnit)
  return {
    model,
    rows: codes.map((code) => {
      const rule = addresses.get(code) ?? {}
      const statesInAddresses = withStates.has(code) && !PART_OF_US_MAIL.has(code)
      return {
        id: countryId(code),
        name: NAMES[code]?.en ?? spelledOut(commonName(english, code)),
        code,
        phone_code: present(dialling.get(code) ?? BORROWED_DIALLING_CODES[code], `the dialling code of ${code}`),
        'currency_id/id': mainCurrency(cldr, code),
        vat_label: VAT_LABELS[code] ?? (EUROPEAN_UNION.includes(code) ? 'VAT' : ''),
        zip_required: flag(rule.require?.includes('Z') ?? false),
        state_required: flag(statesInAddresses && (rule.require?.includes('S') ?? false)),
        address_format: addressFormat(code, rule, statesInAddresses),
      }
    }),
    french: codes.map((code) => ({
      model,
      id: countryId(code),
      field: 'name',
      value: NAMES[code]?.fr ?? commonName(french, code),
    })),
  }
}

/** The name of a country in everyday use, by CLDR's names of one locale. */
function commonName(names: Readonly<Record<string, string>>, code: string): string {
  const short = SHORT_NAMES.has(code) ? names[`${code}-alt-short`] : undefined
  // People type the straight apostrophe when they search.
  return (short ?? present(names[code], `the name of ${code}`)).replaceAll('’', "'")
}

/** `St. Kitts & Nevis` as `Saint Kitts and Nevis`, under which people search it. */
function spelledOut(name: string): string {
  return name
    .replace('&', 'and')
    .replace(/^St\. /, 'Saint ')
    .replace('U.S.', 'US')
}
