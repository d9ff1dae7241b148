import { field, model, type RecordsOf } from '#core'

export class ResCountryGroupFields {
  name = field.char({ required: true, translate: true })
  country_ids = field.many2many('res.country', {
    string: 'Countries',
    relation: 'res_country_res_country_group_rel',
    column1: 'res_country_group_id',
    column2: 'res_country_id',
  })
}

export const ResCountryGroup = model(
  'res.country.group',
  ResCountryGroupFields,
  {
    description: 'Country Group',
    order: 'name, id',
  },
  (Base) => class extends Base {},
)

export interface ResCountryGroup extends RecordsOf<typeof ResCountryGroup> {}
declare module '#core' {
  interface Models {
    'res.country.group': { fields: ResCountryGroupFields; records: ResCountryGroup }
  }
}
