import { field, model, type RecordsOf } from '#core'

export class ResBankFields {
  name = field.char({ required: true })
  street = field.char()
  street2 = field.char()
  zip = field.char()
  city = field.char()
  state = field.many2one('res.country.state', { string: 'Fed. State', domain: "[('country_id', '=?', country)]" })
  country = field.many2one('res.country')
  country_code = field.char({ string: 'Country Code' })
  email = field.char()
  phone = field.char()
  active = field.boolean({ default: true })
  bic = field.char({ string: 'Bank Identifier Code', index: true, help: 'Sometimes called BIC or Swift.' })
}

export const ResBank = model(
  'res.bank',
  ResBankFields,
  {
    description: 'Bank',
    order: 'name, id',
    recNamesSearch: ['name', 'bic'],
  },
  (Base) => class extends Base {},
)

ResBank.related('country_code', 'country.code')
  .compute('display_name', ['name', 'bic'], ({ name, bic }) => (bic ? `${name} - ${bic}` : name))
  .onchange(['country'], ['country', 'state.country_id'], ({ country, state }) =>
    country && state && state.country_id.id !== country.id ? { values: { state: null } } : undefined,
  )
  .onchange(['state'], ['state.country_id'], ({ state }) =>
    state ? { values: { country: state.country_id.id } } : undefined,
  )

export interface ResBank extends RecordsOf<typeof ResBank> {}
declare module '#core' {
  interface Models {
    'res.bank': { fields: ResBankFields; records: ResBank }
  }
}
