import { groupBy, type RecordsOf } from '#core'
import { ResPartner } from './res_partner.ts'

/** Purpose -> id of the contact whose address serves it. */
export type AddressIds = Readonly<Record<string, number | null>>

/** One contact of a family: all that share a commercial entity. */
interface Member {
  readonly id: number
  readonly type: string | null
  readonly isCompany: boolean
  readonly parent: number | null
}

interface Family {
  readonly members: ReadonlyMap<number, Member>
  /** The contacts below each one, companies left out: they have addresses of their own. */
  readonly children: ReadonlyMap<number | null, readonly Member[]>
}

export const ResPartnerAddressGet = ResPartner.extend(
  Object,
  (Base) =>
    class extends Base {
      /**
       * The contacts to use for each purpose (`invoice`, `delivery` …), looked for below the one contact of the set, then
       * around those above it up to the company. What nobody is meant for falls to a `contact`, at last to the one itself.
       */
      async address_get(adr_pref: readonly string[] | null = null): Promise<AddressIds> {
        const wanted = adr_pref ?? []
        const [first] = this.ids
        const found = first === undefined ? undefined : (await this.browse([first])._addresses(wanted)).get(first)
        return found ?? Object.fromEntries([...wanted, 'contact'].map((type) => [type, null]))
      }

      /** What `address_get` answers, for each contact of the set. */
      async _addresses(adr_pref: readonly string[]): Promise<ReadonlyMap<number, AddressIds>> {
        const wanted = new Set([...adr_pref, 'contact'])
        const entities = new Set(
          (await this.load(['commercial_partner_id'])).map((one) => one.commercial_partner_id?.id ?? one.id),
        )
        const all = this.env['res.partner'].withContext({ active_test: false })
        const related = await (
          await all.search([['commercial_partner_id', 'in', [...entities]]])
        ).load(['type', 'is_company', 'active', 'parent_id'])
        const members = related.map(({ id, type, is_company, active, parent_id }) => ({
          id,
          type,
          isCompany: is_company,
          active,
          parent: parent_id?.id ?? null,
        }))
        const below = members.filter(({ parent, isCompany, active }) => parent !== null && !isCompany && active)
        const children = groupBy(below, ({ parent }) => parent)
        const family = { members: new Map(members.map((member) => [member.id, member])), children }
        return new Map(this.ids.map((id) => [id, addressesOf(id, wanted, family)]))
      }
    },
)

ResPartnerAddressGet.callable('address_get', {
  readonly: true,
  params: { adr_pref: { type: ['array', 'null'], items: { type: 'string' }, default: null } },
})

function addressesOf(start: number, wanted: ReadonlySet<string>, { members, children }: Family): AddressIds {
  const found = new Map<string, number>()
  const visited = new Set<number>()
  let top = members.get(start)
  while (top && found.size < wanted.size) {
    const waiting = [top]
    for (let member = waiting.shift(); member; member = waiting.shift()) {
      visited.add(member.id)
      if (member.type !== null && wanted.has(member.type) && !found.has(member.type)) found.set(member.type, member.id)
      waiting.unshift(...(children.get(member.id) ?? []).filter((child) => !visited.has(child.id)))
    }
    top = top.isCompany || top.parent === null ? undefined : members.get(top.parent)
  }
  const fallback = found.get('contact') ?? start
  return Object.fromEntries([...wanted].map((type) => [type, found.get(type) ?? fallback]))
}

declare module './res_partner.ts' {
  interface ResPartner extends RecordsOf<typeof ResPartnerAddressGet> {}
}
