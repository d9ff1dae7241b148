import { codeList } from './code-list.ts'
import { countryId } from './country-id.ts'
import type { Table } from './table.ts'

interface Group {
  readonly id: string
  readonly name: string
  readonly french: string
  /** Country codes. */
  readonly members: readonly string[]
}

/** The members of the European Union, by country code. */
export const EUROPEAN_UNION: readonly string[] = codeList(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK',
)

/** Countries outside the European Union whose banks take part in the SEPA schemes. */
const SEPA_OUTSIDE_UNION = codeList('AD AL CH GB IS LI MC MD ME MK NO RS SM VA')

/** Territories with a country code of their own that take part in SEPA through France, Finland or the United Kingdom. */
const SEPA_TERRITORIES = codeList('AX BL GF GG GI GP IM JE MF MQ PM RE YT')

const GROUPS: readonly Group[] = [
  {
    id: 'eurasian_economic_union',
    name: 'Eurasian Economic Union',
    french: 'Union économique eurasiatique',
    members: codeList('AM BY KG KZ RU'),
  },
  { id: 'europe', name: 'European Union', french: 'Union européenne', members: EUROPEAN_UNION },
  {
    id: 'gulf_cooperation_council',
    name: 'Gulf Cooperation Council',
    french: 'Conseil de coopération du Golfe',
    members: codeList('AE BH KW OM QA SA'),
  },
  {
    id: 'sepa_zone',
    name: 'SEPA Zone',
    french: 'Zone SEPA',
    members: [...EUROPEAN_UNION, ...SEPA_OUTSIDE_UNION, ...SEPA_TERRITORIES],
  },
  {
    id: 'south_america',
    name: 'South America',
    french: 'Amérique du Sud',
    members: codeList('AR BO BR CL CO EC FK GF GY PE PY SR UY VE'),
  },
]

/** The groups of countries that prices and taxes refer to. */
export function countryGroups(): Table {
  const model = 'res.country.group'
  return {
    model,
    rows: GROUPS.map(({ id, name, members }) => ({
      id,
      name,
      'country_ids/id': members.map(countryId).sort().join(','),
    })),
    french: GROUPS.map(({ id, french }) => ({ model, id, field: 'name', value: french })),
  }
}
