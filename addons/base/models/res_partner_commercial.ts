import { field, type FieldName, type Recs, type RecordsOf, type Values } from '#core'
import { recordId, writable } from '../tools/record-id.ts'
import { ResPartner } from './res_partner.ts'

/** Values of some fields, where which ones is known at run time only. */
type SomeValues = Record<string, unknown>

export class ResPartnerCommercialFields {
  commercial_partner_id = field.many2one('res.partner', { string: 'Commercial Entity', store: true, index: true })
  commercial_company_name = field.char({ string: 'Company Name Entity', store: true })
  company_name = field.char({
    string: 'Company Name',
    help: 'The company of a contact for which no company exists here.',
  })
  vat = field.char({ string: 'Tax ID', index: true })
  same_vat_partner_id = field.many2one('res.partner', { string: 'Partner with same Tax ID' })
  company_registry = field.char({
    string: 'Company ID',
    help: 'The number of the company in the register of its country.',
  })
  industry_id = field.many2one('res.partner.industry', { string: 'Industry' })
}

const REASON = 'commercial fields are those of the company, whoever may change it'

/**
 * Commercial fields belong to the commercial entity: the nearest company above a contact, or else its topmost contact.
 * Contacts show its values; writing them on a contact writes them on the entity.
 */
export const ResPartnerCommercial = ResPartner.extend(
  ResPartnerCommercialFields,
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'res.partner'>[]): Promise<Recs<'res.partner'>> {
        const places = await this._places(values)
        const parents = [...new Set(places.flatMap(({ parent, isCompany }) => (isCompany ? [] : (parent ?? []))))]
        if (parents.length === 0) return super.create(values)
        const entities = await this.browse(parents)._commercial_values()
        const { fields } = this.env.registry.get('res.partner')
        const guarded = this.env.su ? [] : this._commercial_fields().filter((name) => fields.get(name)?.groups)
        const partners = await super.create(
          values.map((one, i) => {
            const { parent, isCompany } = places[i] ?? {}
            if (parent == null) return one
            const entity = isCompany ? undefined : entities.get(parent)?.values
            const open = Object.entries(entity ?? {}).filter(([name]) => !guarded.some((other) => other === name))
            return { ...one, company_name: null, ...Object.fromEntries(open) }
          }),
        )
        if (guarded.length > 0) await partners.sudo(REASON)._take_commercial()
        return partners
      }

      override async write(values: Values<'res.partner'>): Promise<void> {
        const fields = new Set<string>(this._commercial_fields())
        const commercial = Object.fromEntries(Object.entries(values).filter(([name]) => fields.has(name)))
        const changed = Object.keys(commercial).length > 0
        const moved = recordId(values.parent_id) !== null
        if (changed && !moved) await this._forward_commercial(commercial)
        await super.write(values)
        if (moved || 'is_company' in values || 'company_type' in values) await this.sudo(REASON)._take_commercial()
        if (changed) await this.sudo(REASON)._pass_on_commercial(commercial)
      }

      /** The fields that are the same for all contacts of a commercial entity. An addon that adds one extends the list. */
      _commercial_fields(): readonly FieldName<'res.partner'>[] {
        return ['vat', 'company_registry', 'industry_id']
      }

      /** For each contact of the set its commercial entity and that one's values, as values to write. */
      async _commercial_values(): Promise<
        ReadonlyMap<number, { readonly entity: number; readonly values: SomeValues }>
      > {
        const fields = this._commercial_fields()
        const partners = await this.sudo(REASON).load(['commercial_partner_id'])
        const entityOf = new Map(partners.map(({ id, commercial_partner_id }) => [id, commercial_partner_id?.id ?? id]))
        const entities = await this.env
          .sudo(REASON)
          .model('res.partner', [...new Set(entityOf.values())])
          .load(fields)
        const valuesOf = new Map(
          entities.map((entity) => [
            entity.id,
            Object.fromEntries(fields.map((name) => [name, writable(entity[name])])),
          ]),
        )
        return new Map([...entityOf].map(([id, entity]) => [id, { entity, values: valuesOf.get(entity) ?? {} }]))
      }

      /** Writes values that were meant for a contact on its commercial entity, where they differ. */
      async _forward_commercial(values: SomeValues): Promise<void> {
        const differing = [...(await this._commercial_values()).values()].filter(
          ({ entity, values: known }) =>
            !this.ids.includes(entity) &&
            Object.entries(values).some(([name, value]) => known[name] !== (writable(value) || null)),
        )
        const entities = new Set(differing.map(({ entity }) => entity))
        if (entities.size > 0) await this.env.model('res.partner', [...entities]).write(values)
      }

      /** Writes commercial fields without passing them on. */
      async _write_commercial(values: SomeValues): Promise<void> {
        await super.write(values)
      }

      /** Gives the contacts, and the contacts below them, the values of the entity that they have come to belong to. */
      async _take_commercial(): Promise<void> {
        const known = await this._commercial_values()
        const moved = [...known].filter(([id, { entity }]) => id !== entity)
        for (const [entity, values] of new Map(moved.map(([, taken]) => [taken.entity, taken.values]))) {
          const ids = moved.filter(([, taken]) => taken.entity === entity).map(([id]) => id)
          const all = this.env['res.partner'].withContext({ active_test: false })
          const family = await all.search([
            ['id', 'child_of', ids],
            ['commercial_partner_id', '=', entity],
          ])
          await family._write_commercial(values)
        }
      }

      /** Gives changed values of commercial entities of the set to all contacts that belong to them. */
      async _pass_on_commercial(values: SomeValues): Promise<void> {
        const all = this.env['res.partner'].withContext({ active_test: false })
        const contacts = await all.search([
          ['commercial_partner_id', 'in', this.ids],
          ['id', 'not in', this.ids],
        ])
        if (contacts.length > 0) await contacts._write_commercial(values)
      }

      /** Creates the company that a contact names in `company_name` and puts the contact, and what is below it, into it. */
      async create_company(): Promise<boolean> {
        const named = (await this.load(['company_name', 'child_ids'])).filter(({ company_name }) => company_name)
        if (named.length === 0) return true
        const fields = [...this.env['res.partner']._address_fields(), ...this._commercial_fields()]
        const partners = await this.env
          .model(
            'res.partner',
            named.map(({ id }) => id),
          )
          .load(fields)
        const companies = await this.env.model('res.partner').create(
          partners.map((partner, i) => ({
            ...Object.fromEntries(fields.map((name) => [name, writable(partner[name])])),
            name: named[i]?.company_name,
            is_company: true,
          })),
        )
        for (const [i, { id, child_ids }] of named.entries()) {
          // each contact goes to another company, so that each is a write of its own
          await this.browse([id, ...child_ids.ids]).write({ parent_id: companies.ids[i] ?? null })
        }
        return true
      }
    },
)

ResPartnerCommercial.callable('create_company')
  .compute(
    'commercial_partner_id',
    ['is_company', 'parent_id.commercial_partner_id'],
    ({ id, is_company, parent_id }) =>
      is_company || !parent_id ? id : (parent_id.commercial_partner_id?.id ?? parent_id.id),
  )
  .compute(
    'commercial_company_name',
    ['company_name', 'commercial_partner_id.name', 'commercial_partner_id.is_company'],
    ({ company_name, commercial_partner_id: entity }) =>
      entity?.is_company && entity.name ? entity.name : company_name,
  )
  .computeBatch('same_vat_partner_id', ['vat', 'company_id', 'commercial_partner_id'], async (partners, env) => {
    const numbers = [...new Set(partners.flatMap(({ vat }) => vat || []))]
    const found =
      numbers.length === 0
        ? []
        : await (
            await env['res.partner'].search([
              ['vat', 'in', numbers],
              ['parent_id', '=', null],
            ])
          ).load(['vat', 'company_id'])
    return new Map(
      partners.map(({ id, vat, company_id, commercial_partner_id }) => {
        const twin = found.find(
          (other) =>
            other.vat === vat &&
            other.id !== id &&
            other.id !== commercial_partner_id?.id &&
            (!company_id || !other.company_id || other.company_id.id === company_id.id),
        )
        return [id, twin?.id ?? null]
      }),
    )
  })

declare module './res_partner.ts' {
  interface ResPartnerFields extends ResPartnerCommercialFields {}
  interface ResPartner extends RecordsOf<typeof ResPartnerCommercial> {}
}
