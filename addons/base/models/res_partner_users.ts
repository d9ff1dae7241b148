import { field, isZone, type Env, type Recs, type RecordsOf, type Values } from '#core'
import { PARTNER_COMPANY_FOREIGN, PARTNER_HAS_USER } from '../errors.ts'
import { recordId } from '../tools/record-id.ts'
import { ResPartner } from './res_partner.ts'

export class ResPartnerUsersFields {
  user_ids = field.one2many('res.users', 'partner_id', { string: 'Users' })
  partner_share = field.boolean({
    string: 'Share Partner',
    store: true,
    help: 'Whether nobody of the company itself is behind the contact: a customer, or a user with shared access only.',
  })
  employee = field.boolean()
  user_id = field.many2one('res.users', { string: 'Salesperson', index: true, help: 'Who takes care of the contact.' })
  company_id = field.many2one('res.company', {
    string: 'Company',
    index: true,
    help: 'All companies see it when empty.',
  })
  lang = field.dynamicSelection(languages, {
    string: 'Language',
    help: 'The language of mails and documents for the contact.',
  })
  tz = field.dynamicSelection(zones, { string: 'Timezone' })
  tz_offset = field.char({ string: 'Timezone offset' })
}

const ZONES: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

async function languages(env: Env): Promise<Record<string, string>> {
  return Object.fromEntries(await env['res.lang'].get_installed())
}

async function zones(): Promise<Record<string, string>> {
  return Object.fromEntries(ZONES.map((zone) => [zone, zone]))
}

/** What the cached facts about a user are made of: the fields of the contact that change them. */
const USER_FACTS = ['name', 'lang', 'tz', 'parent_id', 'is_company', 'company_type'] as const

const REASON = 'users stand behind contacts, whoever may see users'

/** What ties contacts to users and companies. */
export const ResPartnerUsers = ResPartner.extend(
  ResPartnerUsersFields,
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'res.partner'>[]): Promise<Recs<'res.partner'>> {
        const places = await this._places(values)
        const parents = [...new Set(places.flatMap(({ parent, isCompany }) => (isCompany ? [] : (parent ?? []))))]
        if (parents.length === 0) return super.create(values)
        const above = await this.sudo('a contact has the salesperson of its company').browse(parents).load(['user_id'])
        const salesperson = new Map(above.map(({ id, user_id }) => [id, user_id?.id ?? null]))
        return super.create(
          values.map((one, i) => {
            const { parent, isCompany } = places[i] ?? {}
            return parent == null || isCompany || one.user_id !== undefined
              ? one
              : { ...one, user_id: salesperson.get(parent) ?? null }
          }),
        )
      }

      override async write(values: Values<'res.partner'>): Promise<void> {
        const company = recordId(values.company_id)
        if (company !== null) await this._check_users_of(company)
        await super.write(values)
        if (recordId(values.parent_id) !== null && values.user_id === undefined) await this._take_salesperson()
        if (USER_FACTS.some((name) => name in values) && (await this._users()).length > 0) {
          this.env.transaction.invalidated.add('security')
        }
        if (values.company_id === undefined) return
        const below = await this.env['res.partner'].search([['parent_id', 'in', this.ids]])
        if (below.length > 0) await below.write({ company_id: company })
      }

      /** New contacts have the company and the language of the contact above them, else the language of the person. */
      override async default_get(fields: readonly string[]): Promise<Record<string, unknown>> {
        const defaults = await super.default_get(fields)
        const parent = fields.includes('parent_id') ? defaults['parent_id'] : undefined
        const [above] = typeof parent === 'number' ? await this.browse([parent]).load(['company_id', 'lang']) : []
        if (above) defaults['company_id'] ??= above.company_id?.id ?? null
        if (fields.includes('lang')) defaults['lang'] ??= above?.lang ?? this.env.lang
        return defaults
      }

      /** The users behind the contacts, archived ones included. */
      async _users(): Promise<Recs<'res.users'>> {
        const all = this.env.sudo(REASON)['res.users'].withContext({ active_test: false })
        return all.search([['partner_id', 'in', this.ids]])
      }

      /** @throws PARTNER_COMPANY_FOREIGN when a user behind one of the contacts works in another company */
      async _check_users_of(company: number): Promise<void> {
        const users = await (await this._users()).load(['company_id', 'name'])
        const foreign = users.filter((user) => user.company_id.id !== company)
        if (foreign.length > 0) throw new PARTNER_COMPANY_FOREIGN(foreign.map((user) => user.name ?? ''))
      }

      /** Gives people without a salesperson that of the contact above them. */
      async _take_salesperson(): Promise<void> {
        const contacts = await this.load(['user_id', 'is_company', 'parent_id.user_id'])
        const orphans = contacts.filter(({ user_id, is_company }) => !user_id && !is_company)
        for (const user of new Set(orphans.flatMap(({ parent_id }) => parent_id?.user_id?.id ?? []))) {
          await this.browse(orphans.filter((one) => one.parent_id?.user_id?.id === user).map(({ id }) => id)).write({
            user_id: user,
          })
        }
      }
    },
)

ResPartnerUsers.default('tz', (env) => env.context.tz ?? null)
  .compute('partner_share', ['user_ids.share'], ({ user_ids }) => user_ids.every((user) => user.share))
  .compute('tz_offset', ['tz'], ({ tz }) => offsetOf(tz ?? 'UTC'))
  .onchange(['parent_id'], ['parent_id.company_id', 'parent_id.user_id', 'user_id'], ({ parent_id, user_id }) =>
    parent_id
      ? {
          values: {
            company_id: parent_id.company_id?.id ?? null,
            ...(user_id ? {} : { user_id: parent_id.user_id?.id ?? null }),
          },
        }
      : undefined,
  )
  .constrain(['tz'], ({ tz }) => (tz && !isZone(tz) ? `There is no time zone '${tz}'.` : undefined))
  .constrainBatch(['lang'], async (partners, env) => {
    const installed = new Set((await env['res.lang'].get_installed()).map(([code]) => code))
    const wrong = partners.find(({ lang }) => lang && !installed.has(lang))
    return wrong ? `The language '${wrong.lang}' is not installed.` : undefined
  })
  .ondelete(async (partners, env) => {
    const users = env.sudo(REASON)['res.users']
    const active = await (
      await users.search([
        ['partner_id', 'in', partners.ids],
        ['active', '=', true],
      ])
    ).load(['login'])
    if (active.length === 0) return
    throw new PARTNER_HAS_USER(active.map(({ login }) => login)).with({
      button: 'Go to users',
      action: {
        type: 'ir.actions.act_window',
        name: 'Users',
        res_model: 'res.users',
        views: [
          [false, 'list'],
          [false, 'form'],
        ],
        domain: [['id', 'in', active.map(({ id }) => id)]],
      },
    })
  })

/** The distance of a time zone from UTC at this moment, as `+0200`. */
function offsetOf(zone: string): string {
  const format = new Intl.DateTimeFormat('en', { timeZone: isZone(zone) ? zone : 'UTC', timeZoneName: 'longOffset' })
  const name = format.formatToParts(new Date()).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  return name === 'GMT' ? '+0000' : name.replace('GMT', '').replace(':', '')
}

declare module './res_partner.ts' {
  interface ResPartnerFields extends ResPartnerUsersFields {}
  interface ResPartner extends RecordsOf<typeof ResPartnerUsers> {}
}
