import { field, model, type RecordsOf } from '#core'

export class ResPartnerIndustryFields {
  name = field.char({ string: 'Name', translate: true })
  full_name = field.char({ string: 'Full Name', translate: true })
  active = field.boolean({ default: true })
}

export const ResPartnerIndustry = model(
  'res.partner.industry',
  ResPartnerIndustryFields,
  {
    description: 'Industry',
    order: 'name, id',
  },
  (Base) => class extends Base {},
)

export interface ResPartnerIndustry extends RecordsOf<typeof ResPartnerIndustry> {}
declare module '#core' {
  interface Models {
    'res.partner.industry': { fields: ResPartnerIndustryFields; records: ResPartnerIndustry }
  }
}
