import { field, type Recs, type RecordsOf, type Values } from '#core'
import { PARTNER_EMAIL_MISSING } from '../errors.ts'
import { emailsIn, formatEmailAddress, parseEmailAddress } from '../tools/email-address.ts'
import { ResPartner } from './res_partner.ts'

export class ResPartnerEmailFields {
  email = field.char()
  email_formatted = field.char({ string: 'Formatted Email', help: 'Name and address as the head of a mail has them.' })
  phone = field.char()
  mobile = field.char()
  website = field.char({ string: 'Website Link' })
}

/** The values with a scheme before the address of the website, so that it works as a link. */
function withLink(values: Values<'res.partner'>): Values<'res.partner'> {
  const { website } = values
  if (!website || /^[a-z][a-z0-9+.-]*:/i.test(website)) return values
  return { ...values, website: `http://${website}` }
}

export const ResPartnerEmail = ResPartner.extend(
  ResPartnerEmailFields,
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'res.partner'>[]): Promise<Recs<'res.partner'>> {
        return super.create(values.map(withLink))
      }

      override async write(values: Values<'res.partner'>): Promise<void> {
        await super.write(withLink(values))
      }

      /**
       * The contact with an e-mail address, given alone or as `Ann <ann@x.test>`; created when there is none.
       * @throws PARTNER_EMAIL_MISSING for an empty text or, if asked to be sure, for one without an address
       */
      async find_or_create(email: string, assert_valid_email = false): Promise<Recs<'res.partner'>> {
        const { name, email: address } = parseEmailAddress(email)
        if (name === null && address === null) throw new PARTNER_EMAIL_MISSING(email)
        if (address === null && assert_valid_email) throw new PARTNER_EMAIL_MISSING(email)
        if (address !== null) {
          const pattern = address.replaceAll(/[\\%_]/g, '\\$&')
          const found = await this.env['res.partner'].search([['email', '=ilike', pattern]], { limit: 1 })
          if (found.length > 0) return found
        }
        return this.env['res.partner'].create([{ name: name ?? address, email: address }])
      }
    },
)

ResPartnerEmail.callable('find_or_create', {
  on: 'model',
  params: { email: { type: 'string' }, assert_valid_email: { type: 'boolean', default: false } },
}).compute('email_formatted', ['name', 'email'], ({ name, email }) => {
  const addresses = emailsIn(email ?? '')
  return addresses.length > 0 ? formatEmailAddress(name ?? '', addresses) : email || null
})

declare module './res_partner.ts' {
  interface ResPartnerFields extends ResPartnerEmailFields {}
  interface ResPartner extends RecordsOf<typeof ResPartnerEmail> {}
}
