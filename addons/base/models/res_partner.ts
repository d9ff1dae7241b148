import { field, model, type RecordsOf, type Values } from '#core'
import { PARTNER_RECURSION } from '../errors.ts'
import { copyName } from '../tools/copy-name.ts'
import { recordId } from '../tools/record-id.ts'

/** Open list of what an address is for; an addon adds a purpose by merging a key. */
export interface ResPartnerTypes {
  contact: string
  invoice: string
  delivery: string
  other: string
}

/** What the purposes are called. */
export const PARTNER_TYPES = {
  contact: 'Contact',
  invoice: 'Invoice Address',
  delivery: 'Delivery Address',
  other: 'Other Address',
} as const

export class ResPartnerFields {
  name = field.char({ index: true })
  active = field.boolean({ default: true })
  is_company = field.boolean({ string: 'Is a Company' })
  company_type = field.selection(
    { person: 'Individual', company: 'Company' },
    { string: 'Company Type', readonly: false },
  )
  type = field.selection<keyof ResPartnerTypes>(PARTNER_TYPES, {
    string: 'Address Type',
    default: 'contact',
    help: 'Contacts share the address of their company and follow it; the other types have one of their own.',
  })
  parent_id = field.many2one('res.partner', { string: 'Related Company', index: true })
  parent_name = field.char({ string: 'Parent name' })
  child_ids = field.one2many('res.partner', 'parent_id', { string: 'Contact' })
  ref = field.char({ string: 'Reference', index: true })
  barcode = field.char({ copy: false, companyDependent: true, help: 'Identifies the contact to a scanner.' })
  title = field.many2one('res.partner.title')
  function = field.char({ string: 'Job Position' })
  category_id = field.many2many('res.partner.category', {
    string: 'Tags',
    relation: 'res_partner_res_partner_category_rel',
    column1: 'partner_id',
    column2: 'category_id',
  })
  color = field.integer({ string: 'Color Index', default: 0, aggregator: null })
  comment = field.html({ string: 'Notes' })
  image_1920 = field.binary({ string: 'Image' })
  bank_ids = field.one2many('res.partner.bank', 'partner_id', { string: 'Banks' })
}

/** Where a new contact belongs and what it is for. */
export interface PartnerPlace {
  readonly parent: number | null
  readonly type: unknown
  readonly isCompany: boolean
}

export const ResPartner = model(
  'res.partner',
  ResPartnerFields,
  {
    description: 'Contact',
    order: 'complete_name, id desc',
    recNamesSearch: ['complete_name', 'email', 'ref', 'vat', 'company_registry'],
    sqlConstraints: {
      check_name: ["check (type <> 'contact' or name is not null)", 'Contacts require a name'],
    },
  },
  (Base) =>
    class extends Base {
      override async write(values: Values<'res.partner'>): Promise<void> {
        const parent = recordId(values.parent_id)
        // before anything is written: what follows the tree upwards would not come to an end in a loop
        if (parent !== null) await this._check_not_above(parent)
        await super.write(values)
      }

      override async copy_data(values: Record<string, unknown> = {}): Promise<Record<string, unknown>[]> {
        const copies = await super.copy_data(values)
        if ('name' in values) return copies
        return copies.map((copy) => ({ ...copy, name: copyName(copy['name']) }))
      }

      /** Where contacts that are about to be created from these values will belong. */
      async _places(values: readonly Values<'res.partner'>[]): Promise<PartnerPlace[]> {
        const defaults = await this.default_get(['parent_id', 'type', 'is_company'])
        const parent = typeof defaults['parent_id'] === 'number' ? defaults['parent_id'] : null
        return values.map((one) => ({
          parent: one.parent_id === undefined ? parent : recordId(one.parent_id),
          type: one.type === undefined ? defaults['type'] : one.type,
          isCompany: one.company_type
            ? one.company_type === 'company'
            : (one.is_company ?? defaults['is_company'] === true),
        }))
      }

      /** @throws PARTNER_RECURSION when the contact, or one above it, is in the set */
      async _check_not_above(parent: number): Promise<void> {
        const all = this.env.sudo('a loop is a loop whoever sees all of it')['res.partner']
        const seen = new Set<number>()
        for (let next: number | undefined = parent; next !== undefined && !seen.has(next);) {
          if (this.ids.includes(next)) throw new PARTNER_RECURSION()
          seen.add(next)
          const [contact]: readonly { readonly parent_id: { readonly id: number } | null }[] = await all
            .browse([next])
            .load(['parent_id'])
          next = contact?.parent_id?.id
        }
      }
    },
)

ResPartner.related('parent_name', 'parent_id.name')
  .compute('company_type', ['is_company'], ({ is_company }) => (is_company ? 'company' : 'person'))
  .inverse('company_type', async (values, env) => {
    for (const [type, is_company] of [
      ['company', true],
      ['person', false],
    ] as const) {
      const ids = [...values].filter(([, value]) => value === type).map(([id]) => id)
      if (ids.length > 0) await env['res.partner'].browse(ids).write({ is_company })
    }
  })
  .onchange(['company_type'], ['company_type'], ({ company_type }) => ({
    values: { is_company: company_type === 'company' },
  }))
  .constrainBatch(['barcode'], async (partners, env) => {
    const codes = partners.flatMap(({ barcode }) => barcode ?? [])
    if (codes.length === 0) return undefined
    const all = env['res.partner'].withContext({ active_test: false })
    const owners = await (await all.search([['barcode', 'in', codes]])).load(['barcode'])
    return new Set(owners.map((owner) => owner.barcode)).size < owners.length
      ? 'Another contact has this barcode already.'
      : undefined
  })

export interface ResPartner extends RecordsOf<typeof ResPartner> {}
declare module '#core' {
  interface Models {
    'res.partner': { fields: ResPartnerFields; records: ResPartner }
  }
}
