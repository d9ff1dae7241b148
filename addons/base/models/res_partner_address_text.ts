import { field, type Data, type RecordsOf } from '#core'
import { DEFAULT_ADDRESS_FORMAT, formatAddress } from '../tools/address-format.ts'
import { ResPartner } from './res_partner.ts'

/** What an address is written from. */
export const ADDRESS_PATHS = [
  'street',
  'street2',
  'zip',
  'city',
  'state_id.code',
  'state_id.name',
  'country_id.code',
  'country_id.name',
  'country_id.address_format',
] as const

/** An address as its country writes it, in lines, with the name of the company above it if given. */
export function addressText(
  partner: Data<'res.partner', (typeof ADDRESS_PATHS)[number]>,
  company: string | null = null,
): string {
  const { street, street2, zip, city, state_id: state, country_id: country } = partner
  const layout = country?.address_format || DEFAULT_ADDRESS_FORMAT
  return formatAddress(company ? `%(company_name)s\n${layout}` : layout, {
    street,
    street2,
    zip,
    city,
    state_code: state?.code ?? null,
    state_name: state?.name ?? null,
    country_code: country?.code ?? null,
    country_name: country?.name ?? null,
    company_name: company,
  })
}

export class ResPartnerAddressTextFields {
  contact_address = field.text({ string: 'Complete Address' })
  contact_address_inline = field.char({ string: 'Inlined Complete Address' })
}

export const ResPartnerAddressText = ResPartner.extend(ResPartnerAddressTextFields, (Base) => class extends Base {})

ResPartnerAddressText.compute('contact_address', [...ADDRESS_PATHS, 'commercial_company_name'], (partner) =>
  addressText(partner, partner.commercial_company_name),
).compute('contact_address_inline', ['contact_address'], ({ contact_address }) =>
  (contact_address ?? '').replaceAll('\n', ', '),
)

declare module './res_partner.ts' {
  interface ResPartnerFields extends ResPartnerAddressTextFields {}
  interface ResPartner extends RecordsOf<typeof ResPartnerAddressText> {}
}
