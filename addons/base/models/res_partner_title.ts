import { field, model, type RecordsOf } from '#core'

export class ResPartnerTitleFields {
  name = field.char({ string: 'Title', required: true, translate: true })
  shortcut = field.char({ string: 'Abbreviation', translate: true })
}

export const ResPartnerTitle = model(
  'res.partner.title',
  ResPartnerTitleFields,
  {
    description: 'Partner Title',
    order: 'name, id',
  },
  (Base) => class extends Base {},
)

export interface ResPartnerTitle extends RecordsOf<typeof ResPartnerTitle> {}
declare module '#core' {
  interface Models {
    'res.partner.title': { fields: ResPartnerTitleFields; records: ResPartnerTitle }
  }
}
