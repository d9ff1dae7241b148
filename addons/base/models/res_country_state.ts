import { field, model, type RecordsOf } from '#core'

/** `California (US)`, as states are shown. */
const NAMED_WITH_COUNTRY = /^(.+)\(([^()]+)\)$/s

export class ResCountryStateFields {
  country_id = field.many2one('res.country', { string: 'Country', required: true, index: true })
  name = field.char({ string: 'State Name', required: true, help: 'A part of the country that addresses name.' })
  code = field.char({ string: 'State Code', required: true })
}

export const ResCountryState = model(
  'res.country.state',
  ResCountryStateFields,
  {
    description: 'Country state',
    order: 'code, id',
    recNamesSearch: ['name', 'code'],
    sqlConstraints: {
      name_code_uniq: ['unique (country_id, code)', 'The code of the state must be unique by country!'],
    },
  },
  (Base) =>
    class extends Base {
      /**
       * States of the country of the context (`country_id`), those with the text as their code first, and those that
       * are shown as the text: `California (US)`.
       */
      override async name_search(
        name: string,
        domain: readonly unknown[] = [],
        operator = 'ilike',
        limit = 100,
      ): Promise<[number, string][]> {
        const { country_id: country } = this.env.context
        const within = typeof country === 'number' ? [...domain, ['country_id', '=', country]] : domain
        const text = name.trim()
        if (text === '' || operator.startsWith('not ') || operator === '!=') {
          return super.name_search(name, within, operator, limit)
        }
        const found = await super.name_search('', [...within, ['code', '=ilike', literal(text)]], 'ilike', limit)
        const others = [...within, ['id', 'not in', found.map(([id]) => id)]]
        const rest = limit === 0 ? 0 : limit - found.length
        if (limit === 0 || rest > 0) found.push(...(await super.name_search(name, others, operator, rest)))
        const shown = NAMED_WITH_COUNTRY.exec(text)
        if (found.length > 0 || !shown) return found
        const [, state = '', of = ''] = shown
        const country_of = [
          '|',
          ['country_id.code', '=ilike', literal(of.trim())],
          ['country_id.name', 'ilike', of.trim()],
        ]
        return super.name_search('', [...within, ['name', operator, state.trim()], ...country_of], 'ilike', limit)
      }
    },
)

/** The text for a pattern in which it stands for itself. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

ResCountryState.compute(
  'display_name',
  ['name', 'country_id.code'],
  ({ name, country_id }) => `${name} (${country_id.code})`,
)

export interface ResCountryState extends RecordsOf<typeof ResCountryState> {}
declare module '#core' {
  interface Context {
    /** Names of states are looked for in this country only. */
    readonly country_id?: number
  }
  interface Models {
    'res.country.state': { fields: ResCountryStateFields; records: ResCountryState }
  }
}
