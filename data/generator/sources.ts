import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { GENERATOR_SOURCE_UNREADABLE } from './errors.ts'

/** A country of ISO 3166-1. */
export interface IsoCountry {
  readonly alpha_2: string
}

/** A subdivision of ISO 3166-2; `code` is `CC-XXX`. */
export interface IsoSubdivision {
  readonly code: string
  readonly name: string
}

/** A currency of ISO 4217; `alpha_3` is its code, `numeric` three digits. */
export interface IsoCurrency {
  readonly alpha_3: string
  readonly numeric: string
}

/** The three lists of iso-codes that the generator reads. */
export interface Iso {
  readonly countries: readonly IsoCountry[]
  readonly subdivisions: readonly IsoSubdivision[]
  readonly currencies: readonly IsoCurrency[]
}

/** How a postal address is written, in the letters of libaddressinput (`%A` street, `%C` city, `%S` state, `%Z` zip). */
export interface AddressRule {
  readonly fmt?: string
  /** The same in Latin script, where `fmt` is for another script. */
  readonly lfmt?: string
  /** The letters of the required parts, e.g. `ACSZ`. */
  readonly require?: string
  /** What stands for the states in an address, separated by `~`. */
  readonly sub_keys?: string
}

/** Parses a JSON file. Its shape is its publisher's promise: readers state it and do not check it. */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new GENERATOR_SOURCE_UNREADABLE(path, String(error))
  }
}

/** Reads the JSON folder of iso-codes. */
export function readIso(folder: string): Iso {
  const file = (name: string): unknown => readJson(join(folder, `iso_${name}.json`))
  return {
    countries: (file('3166-1') as { '3166-1': IsoCountry[] })['3166-1'],
    subdivisions: (file('3166-2') as { '3166-2': IsoSubdivision[] })['3166-2'],
    currencies: (file('4217') as { '4217': IsoCurrency[] })['4217'],
  }
}

// Where libphonenumber's compact metadata keeps the calling code and the digits that all national numbers start with.
const CALLING_CODE = 0
const LEADING_DIGITS = 10

/** Reads libphonenumber-js' metadata: country code to dialling prefix, `33` or `1684` (within a shared plan). */
export function readDiallingCodes(file: string): ReadonlyMap<string, string> {
  const { countries } = readJson(file) as { countries: Record<string, readonly unknown[]> }
  return new Map(
    Object.entries(countries).map(([code, metadata]) => {
      const calling = String(metadata[CALLING_CODE])
      const leading = metadata[LEADING_DIGITS]
      // Only the area code of a one-area country of North America's plan is part of what people dial for a country.
      const area = calling === '1' && typeof leading === 'string' && /^\d{3}$/.test(leading) ? leading : ''
      return [code, calling + area]
    }),
  )
}

/** Reads a folder of libaddressinput's country files (`fr.json`): country code to rule. */
export function readAddressRules(folder: string): ReadonlyMap<string, AddressRule> {
  return new Map(
    readdirSync(folder)
      .filter((name) => /^[a-z]{2}\.json$/.test(name))
      .map((name) => {
        const code = name.slice(0, 2).toUpperCase()
        return [code, (readJson(join(folder, name)) as Record<string, AddressRule>)[code] ?? {}]
      }),
  )
}
