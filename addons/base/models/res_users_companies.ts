import { type Recs, type RecordsOf, type Values } from '#core'
import { recordId } from '../tools/record-id.ts'
import { ResUsers } from './res_users.ts'

/** Users work in one or several companies, one of which is their default. */
export const ResUsersCompanies = ResUsers.extend(
  Object,
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'res.users'>[]): Promise<Recs<'res.users'>> {
        const users = await super.create(
          values.map((one) => {
            const company = recordId(one.company_id)
            return company === null || one.company_ids ? one : { ...one, company_ids: [{ set: [company] }] }
          }),
        )
        await users._follow_companies()
        return users
      }

      override async write(values: Values<'res.users'>): Promise<void> {
        await super.write(values)
        if (values.company_id !== undefined || values.company_ids !== undefined) await this._follow_companies()
      }

      /** Brings what depends on the companies of users in line: the group for several companies, the company of contacts. */
      async _follow_companies(): Promise<void> {
        const { env } = this.sudo('the group and the contact follow the companies of the user')
        const users = await env['res.users']
          .browse(this.ids)
          .load(['company_id', 'company_ids', 'groups_id', 'partner_id.company_id'])
        const several = (await env.xmlId('base.group_multi_company'))?.[1]
        if (several !== undefined) {
          const inGroup = (user: (typeof users)[number]): boolean => user.groups_id.ids.includes(several)
          const joining = users.filter((user) => user.company_ids.length > 1 && !inGroup(user))
          const leaving = users.filter((user) => user.company_ids.length <= 1 && inGroup(user))
          if (joining.length > 0)
            await env['res.users'].browse(joining.map(({ id }) => id)).write({ groups_id: [{ link: several }] })
          if (leaving.length > 0)
            await env['res.users'].browse(leaving.map(({ id }) => id)).write({ groups_id: [{ unlink: several }] })
        }
        const moved = users.filter(
          ({ company_id, partner_id }) => partner_id.company_id && partner_id.company_id.id !== company_id.id,
        )
        for (const company of new Set(moved.map(({ company_id }) => company_id.id))) {
          const partners = moved
            .filter(({ company_id }) => company_id.id === company)
            .map(({ partner_id }) => partner_id.id)
          await env['res.partner'].browse(partners).write({ company_id: company })
        }
      }
    },
)

ResUsersCompanies.constrain(
  ['company_id.name', 'company_ids', 'active', 'name'],
  ({ company_id, company_ids, active, name }) =>
    active && !company_ids.some(({ id }) => id === company_id.id)
      ? `Company ${company_id.name} is not in the allowed companies of user ${name}.`
      : undefined,
)

declare module './res_users.ts' {
  interface ResUsers extends RecordsOf<typeof ResUsersCompanies> {}
}
