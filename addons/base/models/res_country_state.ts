import { field, model, type RecordsOf } from '#core'

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
  (Base) => class extends Base {},
)

ResCountryState.compute(
  'display_name',
  ['name', 'country_id.code'],
  ({ name, country_id }) => `${name} (${country_id.code})`,
)

export interface ResCountryState extends RecordsOf<typeof ResCountryState> {}
declare module '#core' {
  interface Models {
    'res.country.state': { fields: ResCountryStateFields; records: ResCountryState }
  }
}
