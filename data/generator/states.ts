import { countryId } from './country-id.ts'
import type { Iso } from './sources.ts'
import { byCodeUnit, capitalized, type Table } from './table.ts'

/** The subdivisions of all countries, both levels where ISO 3166-2 has two. */
export function states(iso: Iso): Table {
  const rows = iso.subdivisions
    .map(({ code, name }) => {
      const country = code.slice(0, 2)
      const part = code.slice(3)
      return {
        id: `state_${country.toLowerCase()}_${part.toLowerCase().replaceAll(/[^a-z0-9]/g, '_')}`,
        'country_id/id': countryId(country),
        name: readableName(name),
        code: part,
      }
    })
    .sort((a, b) => byCodeUnit(a.id, b.id))
  return { model: 'res.country.state', rows, french: [] }
}

/** Kinds of subdivisions that the list of names writes behind a comma so that the proper name sorts first. */
const INVERTED =
  /^(.+), (The|U\.S\.|City of|County|Respublika|Région|Principado de|Región de|Comunidad|Comunidad de|Hlavní město|unitatea teritorială din)$/

/** The name as people write it: `wallonne, Région` is `Région wallonne`, `A Coruña [La Coruña]` is `A Coruña`. */
function readableName(name: string): string {
  const plain = name.replace(/\s*\[.*\]$/, '').replace(/\*$|\s*\(EH(-partial)?\)$|^\/\//, '')
  return capitalized(plain.replace(INVERTED, '$2 $1'), 'en')
}
