/**
 * Writes the reference data of this folder from its public sources (README.md names them and their licences).
 *
 * The output depends on the sources alone: the same sources give the same bytes.
 *
 *     npx tsx data/generate.ts --iso-codes DIR --cldr DIR --phone FILE --address DIR [--out DIR]
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openCldr } from './generator/cldr.ts'
import { countries } from './generator/countries.ts'
import { currencies } from './generator/currencies.ts'
import { GENERATOR_OPTION_MISSING } from './generator/errors.ts'
import { countryGroups } from './generator/groups.ts'
import { industries } from './generator/industries.ts'
import { languages } from './generator/languages.ts'
import { readAddressRules, readDiallingCodes, readIso } from './generator/sources.ts'
import { states } from './generator/states.ts'
import { renderCsv } from './generator/table.ts'
import { titles } from './generator/titles.ts'

const { values } = parseArgs({
  options: {
    'iso-codes': { type: 'string' },
    cldr: { type: 'string' },
    phone: { type: 'string' },
    address: { type: 'string' },
    out: { type: 'string', default: import.meta.dirname },
  },
})

/** The value of a required option. */
function required(name: 'iso-codes' | 'cldr' | 'phone' | 'address'): string {
  const value = values[name]
  if (value === undefined) throw new GENERATOR_OPTION_MISSING(name)
  return value
}

const iso = readIso(required('iso-codes'))
const cldr = openCldr(required('cldr'))
const dialling = readDiallingCodes(required('phone'))
const addresses = readAddressRules(required('address'))

const tables = [
  currencies(iso, cldr),
  countries(iso, cldr, dialling, addresses),
  states(iso),
  countryGroups(),
  languages(cldr),
  titles(),
  industries(),
]

mkdirSync(values.out, { recursive: true })
for (const table of tables) writeFileSync(join(values.out, `${table.model}.csv`), renderCsv(table.rows))
writeFileSync(join(values.out, 'translations.fr.csv'), renderCsv(tables.flatMap((table) => table.french)))
