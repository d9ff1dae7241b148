import { field, type FieldName, type Recs, type RecordsOf, type Values } from '#core'
import { recordId, writable } from '../tools/record-id.ts'
import { ResPartner } from './res_partner.ts'

/** Values of some fields, where which ones is known at run time only. */
type SomeValues = Record<string, unknown>

export class ResPartnerAddressFields {
  street = field.char()
  street2 = field.char()
  zip = field.char()
  city = field.char()
  state_id = field.many2one('res.country.state', {
    string: 'State',
    ondelete: 'restrict',
    domain: "[('country_id', '=?', country_id)]",
  })
  country_id = field.many2one('res.country', { string: 'Country', ondelete: 'restrict' })
  country_code = field.char({ string: 'Country Code' })
  partner_latitude = field.float({ string: 'Geo Latitude', digits: 7, aggregator: null })
  partner_longitude = field.float({ string: 'Geo Longitude', digits: 7, aggregator: null })
}

const isSet = (value: unknown): boolean => value !== null && value !== undefined && value !== false && value !== ''

/**
 * Contacts of type `contact` share the address of the contact above them: they take it when they are put there and
 * follow its changes. The first contact of a company without an address lends it its own.
 */
export const ResPartnerAddress = ResPartner.extend(
  ResPartnerAddressFields,
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'res.partner'>[]): Promise<Recs<'res.partner'>> {
        const places = await this._places(values)
        const parents = [...new Set(places.flatMap(({ parent }) => parent ?? []))]
        if (parents.length === 0) return super.create(values)
        const addresses = await this.browse(parents)._address_values()
        const above = places.map(({ parent }) => (parent === null ? undefined : addresses.get(parent)))
        const partners = await super.create(
          values.map((one, i) => (places[i]?.type === 'contact' ? { ...one, ...above[i] } : one)),
        )
        const homeless = partners.ids.filter((_, i) => places[i]?.parent != null && !above[i])
        if (homeless.length > 0) await this.browse(homeless)._lend_address()
        return partners
      }

      override async write(values: Values<'res.partner'>): Promise<void> {
        await super.write(values)
        if (recordId(values.parent_id) !== null || values.type === 'contact') await this._take_address()
        const fields = new Set<string>(this._address_fields())
        const changed = Object.entries(values).filter(([name]) => fields.has(name))
        if (changed.length === 0) return
        const contacts = await this.env['res.partner'].search([
          ['parent_id', 'in', this.ids],
          ['type', '=', 'contact'],
        ])
        if (contacts.length > 0) await contacts._write_address(Object.fromEntries(changed))
      }

      /** The fields that make an address. An addon that adds one extends the list. */
      _address_fields(): readonly FieldName<'res.partner'>[] {
        return ['street', 'street2', 'zip', 'city', 'state_id', 'country_id']
      }

      /** The addresses of those contacts of the set that have one, as values to write. */
      async _address_values(): Promise<ReadonlyMap<number, SomeValues>> {
        const fields = this._address_fields()
        const partners = await this.env.model('res.partner', this.ids).load(fields)
        const addresses = partners.map((partner): [number, SomeValues] => [
          partner.id,
          Object.fromEntries(fields.map((name) => [name, writable(partner[name])])),
        ])
        return new Map(addresses.filter(([, address]) => Object.values(address).some(isSet)))
      }

      /** Writes an address without passing it on to those below. */
      async _write_address(values: SomeValues): Promise<void> {
        await super.write(values)
      }

      /** Gives the contacts of type `contact` the address of the contact above them, if that one has an address. */
      async _take_address(): Promise<void> {
        const contacts = (await this.load(['type', 'parent_id'])).filter(({ type }) => type === 'contact')
        const parents = new Set(contacts.flatMap(({ parent_id }) => parent_id?.id ?? []))
        for (const [parent, address] of await this.browse([...parents])._address_values()) {
          const ids = contacts.filter(({ parent_id }) => parent_id?.id === parent).map(({ id }) => id)
          await this.browse(ids)._write_address(address)
        }
      }

      /** Gives a contact's address to the company above it, where it is the only contact there and the company has none. */
      async _lend_address(): Promise<void> {
        const partners = await this.load(['parent_id.is_company', 'parent_id.parent_id', 'parent_id.child_ids'])
        const addresses = await this._address_values()
        for (const { id, parent_id: parent } of partners) {
          const address = addresses.get(id)
          if (!address || parent?.child_ids.length !== 1 || !(parent.is_company || !parent.parent_id)) continue
          // each address is another one, so that each is a write of its own
          await this.env.model('res.partner', [parent.id]).write(address)
        }
      }
    },
)

ResPartnerAddress.related('country_code', 'country_id.code')
  .onchange(['parent_id'], ['type', 'parent_id'], async ({ type, parent_id }, env) => {
    if (!parent_id || type !== 'contact') return undefined
    const values = (await env['res.partner'].browse([parent_id.id])._address_values()).get(parent_id.id)
    return values ? { values } : undefined
  })
  .onchange(['country_id'], ['country_id', 'state_id.country_id'], ({ country_id, state_id }) =>
    country_id && state_id && state_id.country_id.id !== country_id.id ? { values: { state_id: null } } : undefined,
  )
  .onchange(['state_id'], ['country_id', 'state_id.country_id'], ({ country_id, state_id }) =>
    state_id && state_id.country_id.id !== country_id?.id
      ? { values: { country_id: state_id.country_id.id } }
      : undefined,
  )

declare module './res_partner.ts' {
  interface ResPartnerFields extends ResPartnerAddressFields {}
  interface ResPartner extends RecordsOf<typeof ResPartnerAddress> {}
}
