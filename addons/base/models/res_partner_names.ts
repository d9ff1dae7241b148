import { field, type Env, type RecordsOf } from '#core'
import { parseEmailAddress } from '../tools/email-address.ts'
import { PARTNER_TYPES, ResPartner } from './res_partner.ts'
import { ADDRESS_PATHS, addressText } from './res_partner_address_text.ts'

declare module '#core' {
  interface Context {
    /** What names of contacts show besides: the address below or, inline, after it, the e-mail, the tax ID, the id. */
    readonly show_address?: boolean | number
    readonly address_inline?: boolean | number
    readonly show_email?: boolean | number
    readonly show_vat?: boolean | number
    readonly partner_show_db_id?: boolean | number
  }
}

/** How an address without a name of its own is called. */
const UNNAMED: Readonly<Record<string, string>> = {
  invoice: PARTNER_TYPES.invoice,
  delivery: PARTNER_TYPES.delivery,
  other: PARTNER_TYPES.other,
}

export class ResPartnerNamesFields {
  complete_name = field.char({ store: true, index: true })
}

export const ResPartnerNames = ResPartner.extend(
  ResPartnerNamesFields,
  (Base) =>
    class extends Base {
      /** Creates a contact from what a person typed: a name, an e-mail address, or both as `Ann <ann@x.test>`. */
      override async name_create(text: string): Promise<[number, string]> {
        const { name, email } = parseEmailAddress(text)
        const [created] = await (await this.create([{ name: name ?? email, email }])).load(['display_name'])
        return created ? [created.id, created.display_name] : [0, '']
      }
    },
)

ResPartnerNames.compute(
  'complete_name',
  ['name', 'is_company', 'type', 'parent_id.name', 'company_name', 'commercial_company_name'],
  ({ name, is_company, type, parent_id, company_name, commercial_company_name }) => {
    if (!parent_id && !company_name) return name?.trim() ?? ''
    const own = name || UNNAMED[type ?? ''] || ''
    return (is_company ? own : `${commercial_company_name || parent_id?.name || ''}, ${own}`).trim()
  },
).computeBatch('display_name', ['complete_name'], async (partners, env) => {
  const names = new Map(partners.map(({ id, complete_name }) => [id, complete_name ?? '']))
  return wantsMore(env) ? extended(names, env) : names
})

function wantsMore({ context }: Env): boolean {
  return Boolean(context.show_address || context.show_email || context.show_vat || context.partner_show_db_id)
}

/** The names with what the context asks to show besides. */
async function extended(names: ReadonlyMap<number, string>, env: Env): Promise<ReadonlyMap<number, string>> {
  const { show_address, address_inline, show_email, show_vat, partner_show_db_id } = env.context
  const partners = await env['res.partner'].browse([...names.keys()]).load([...ADDRESS_PATHS, 'email', 'vat'])
  return new Map(
    partners.map((partner) => {
      const parts = [names.get(partner.id) ?? '']
      if (partner_show_db_id) parts.push(` (${partner.id})`)
      const address = show_address ? addressText(partner) : ''
      if (address) parts.push(`\n${address}`)
      if (show_email && partner.email) parts.push(` <${partner.email}>`)
      if (show_vat && partner.vat) parts.push(` ‒ ${partner.vat}`)
      const text = parts.join('')
      return [partner.id, address_inline ? text.replaceAll('\n', ', ') : text]
    }),
  )
}

declare module './res_partner.ts' {
  interface ResPartnerFields extends ResPartnerNamesFields {}
  interface ResPartner extends RecordsOf<typeof ResPartnerNames> {}
}
