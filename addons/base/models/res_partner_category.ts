import { field, model, type RecordsOf } from '#core'

/** Number of colours that tags are shown in; 0 is no colour. */
const COLORS = 11

export class ResPartnerCategoryFields {
  name = field.char({ required: true, translate: true })
  color = field.integer({ aggregator: null, default: () => 1 + Math.floor(Math.random() * COLORS) })
  parent_id = field.many2one('res.partner.category', { string: 'Category', index: true, ondelete: 'cascade' })
  child_ids = field.one2many('res.partner.category', 'parent_id', { string: 'Child Tags' })
  active = field.boolean({ default: true, help: 'Archived tags stay on their contacts but are no longer offered.' })
  partner_ids = field.many2many('res.partner', {
    string: 'Partners',
    relation: 'res_partner_res_partner_category_rel',
    column1: 'category_id',
    column2: 'partner_id',
    copy: false,
  })
}

export const ResPartnerCategory = model(
  'res.partner.category',
  ResPartnerCategoryFields,
  {
    description: 'Partner Tags',
    order: 'name, id',
    parentStore: true,
  },
  (Base) =>
    class extends Base {
      /** A tag is found by the last part of a path; what is below it is found with it. */
      override async _name_domain(operator: string, text: unknown): Promise<readonly unknown[]> {
        const negative = operator.startsWith('not ') || operator === '!='
        if (typeof text !== 'string' || text === '' || negative) return super._name_domain(operator, text)
        const found = await this._search([['name', operator, text.split(' / ').at(-1) ?? text]], {})
        return [['id', 'child_of', found]]
      }
    },
)

ResPartnerCategory.compute('display_name', ['name', 'parent_id.display_name'], ({ name, parent_id }) =>
  parent_id ? `${parent_id.display_name} / ${name}` : name,
)

export interface ResPartnerCategory extends RecordsOf<typeof ResPartnerCategory> {}
declare module '#core' {
  interface Models {
    'res.partner.category': { fields: ResPartnerCategoryFields; records: ResPartnerCategory }
  }
}
