import { field, model, type Recs, type RecordsOf, type Values } from '#core'
import { COMPANY_IN_USE, COMPANY_PARENT_FIXED } from '../errors.ts'
import { copyName } from '../tools/copy-name.ts'
import { recordId } from '../tools/record-id.ts'
import { invalidating } from './invalidating.ts'

export class ResCompanyFields {
  name = field.char({ string: 'Company Name', required: true, store: true, readonly: false })
  active = field.boolean({ default: true })
  sequence = field.integer({ default: 10, aggregator: null })
  parent_id = field.many2one('res.company', { string: 'Parent Company', index: true, ondelete: 'restrict' })
  child_ids = field.one2many('res.company', 'parent_id', { string: 'Branches' })
  partner_id = field.many2one('res.partner', { string: 'Partner', required: true })
  currency_id = field.many2one('res.currency', {
    string: 'Currency',
    required: true,
  })
  user_ids = field.many2many('res.users', {
    string: 'Accepted Users',
    relation: 'res_company_users_rel',
    column1: 'cid',
    column2: 'user_id',
  })
  logo = field.binary({ string: 'Company Logo', readonly: false })
  street = field.char({ readonly: false })
  street2 = field.char({ readonly: false })
  zip = field.char({ readonly: false })
  city = field.char({ readonly: false })
  state_id = field.many2one('res.country.state', { string: 'Fed. State', readonly: false })
  country_id = field.many2one('res.country', { string: 'Country', readonly: false })
  country_code = field.char({ string: 'Country Code' })
  email = field.char({ readonly: false })
  phone = field.char({ readonly: false })
  mobile = field.char({ readonly: false })
  website = field.char({ readonly: false })
  vat = field.char({ string: 'Tax ID', readonly: false })
  company_registry = field.char({ string: 'Company ID', readonly: false })
  bank_ids = field.one2many('res.partner.bank', 'company_id', { string: 'Bank Accounts' })
  color = field.integer({ aggregator: null })
  paperformat_id = field.many2one('report.paperformat', { string: 'Paper format' })
}

export const ResCompany = model(
  'res.company',
  ResCompanyFields,
  {
    description: 'Companies',
    order: 'sequence, name, id',
    parentStore: true,
    sqlConstraints: { name_uniq: ['unique (name)', 'The company name must be unique!'] },
  },
  (Base) =>
    class extends invalidating(Base, 'security') {
      /** Creates the partners of companies that come without one, and lets the user who creates companies into them. */
      override async create(values: readonly Values<'res.company'>[]): Promise<Recs<'res.company'>> {
        const without = values.filter((one) => recordId(one.partner_id) === null)
        const partners = await this.env['res.partner'].create(
          without.map(({ name }) => ({ name: name ?? null, is_company: true })),
        )
        const companies = await super.create(
          values.map((one) => {
            const index = without.indexOf(one)
            return index < 0 ? one : { ...one, partner_id: partners.ids[index] ?? 0 }
          }),
        )
        const user = await this.env
          .browse('res.users', [this.env.uid])
          .sudo('who creates a company works in it')
          .exists()
        await user.write({ company_ids: companies.ids.map((id) => ({ link: id })) })
        return companies
      }

      override async write(values: Values<'res.company'>): Promise<void> {
        if (values.parent_id !== undefined) await this._check_parent_kept(recordId(values.parent_id))
        if (values.active === false) await this._check_unused()
        await super.write(values)
      }

      /** A copy is a company of its own, with a name and a partner of its own. */
      override async copy_data(values: Record<string, unknown> = {}): Promise<Record<string, unknown>[]> {
        const copies = await super.copy_data(values)
        return copies.map((copy) => ({
          ...copy,
          name: values['name'] ?? copyName(copy['name']),
          partner_id: values['partner_id'] ?? null,
        }))
      }

      /** @throws COMPANY_PARENT_FIXED */
      async _check_parent_kept(parent: number | null): Promise<void> {
        const companies = await this.load(['parent_id'])
        if (companies.some(({ parent_id }) => (parent_id?.id ?? null) !== parent)) throw new COMPANY_PARENT_FIXED()
      }

      /** @throws COMPANY_IN_USE when active users work in one of the companies */
      async _check_unused(): Promise<void> {
        const all = this.env.sudo('a company is in use whoever sees its users')['res.users']
        const users = await (
          await all.search([
            ['company_id', 'in', this.ids],
            ['active', '=', true],
          ])
        ).load(['login', 'company_id.name'])
        if (users.length === 0) return
        throw new COMPANY_IN_USE(
          [...new Set(users.map((user) => user.company_id.name))],
          users.map((user) => user.login),
        )
      }
    },
)

ResCompany.default('currency_id', async (env) => {
  const [company] = await env['res.company'].browse([env.companyId]).load(['currency_id'])
  return company?.currency_id.id ?? 0
})
  .compute('name', ['partner_id.name'], ({ partner_id }) => partner_id.name ?? '')
  .inverse('name', async (values, env) => {
    const companies = await env['res.company'].browse([...values.keys()]).load(['partner_id'])
    for (const { id, partner_id } of companies) {
      // names of companies are unique, so that each is a write of its own
      await env['res.partner'].browse([partner_id.id]).write({ name: values.get(id) ?? null })
    }
  })
  .related('logo', 'partner_id.image_1920')
  .related('street', 'partner_id.street')
  .related('street2', 'partner_id.street2')
  .related('zip', 'partner_id.zip')
  .related('city', 'partner_id.city')
  .related('state_id', 'partner_id.state_id')
  .related('country_id', 'partner_id.country_id')
  .related('country_code', 'country_id.code')
  .related('email', 'partner_id.email')
  .related('phone', 'partner_id.phone')
  .related('mobile', 'partner_id.mobile')
  .related('website', 'partner_id.website')
  .related('vat', 'partner_id.vat')
  .related('company_registry', 'partner_id.company_registry')
  .onchange(['country_id'], ['country_id.currency_id', 'state_id.country_id'], ({ country_id, state_id }) => ({
    values: {
      ...(country_id?.currency_id ? { currency_id: country_id.currency_id.id } : {}),
      ...(state_id && state_id.country_id.id !== country_id?.id ? { state_id: null } : {}),
    },
  }))
  .onchange(['state_id'], ['state_id.country_id'], ({ state_id }) =>
    state_id ? { values: { country_id: state_id.country_id.id } } : undefined,
  )

export interface ResCompany extends RecordsOf<typeof ResCompany> {}
declare module '#core' {
  interface Models {
    'res.company': { fields: ResCompanyFields; records: ResCompany }
  }
}
