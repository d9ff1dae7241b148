import { field, model, type FieldName, type Recs, type RecordsOf, type Values } from '#core'
import { GROUPS_OF_OTHERS, USER_ARCHIVES_SELF, USER_NEEDED, USER_NOT_ONE } from '../errors.ts'
import { copyName } from '../tools/copy-name.ts'
import { invalidating } from './invalidating.ts'
import type { ResPartnerFields } from './res_partner.ts'

export class ResUsersFields {
  partner_id = field.many2one('res.partner', {
    string: 'Related Partner',
    required: true,
    ondelete: 'restrict',
    index: true,
    help: 'The contact that is the person: name, addresses, language.',
  })
  login = field.char({ required: true, help: 'Used to log into the system.' })
  active = field.boolean({ default: true })
  active_partner = field.boolean({ string: 'Partner is Active' })
  signature = field.html({ string: 'Email Signature' })
  groups_id = field.many2many('res.groups', {
    string: 'Groups',
    relation: 'res_groups_users_rel',
    column1: 'uid',
    column2: 'gid',
  })
  company_id = field.many2one('res.company', {
    string: 'Company',
    required: true,
    default: (env) => env.companyId,
    help: 'The company that the user works in by default.',
  })
  company_ids = field.many2many('res.company', {
    string: 'Companies',
    relation: 'res_company_users_rel',
    column1: 'user_id',
    column2: 'cid',
    default: (env) => [env.companyId],
  })
  api_key_ids = field.one2many('res.users.apikeys', 'user_id', { string: 'API Keys' })
  session_ids = field.one2many('res.users.session', 'user_id', { string: 'Sessions' })
  login_date = field.datetime({ string: 'Latest Login' })
}
/** The fields of the contact behind the user. */
export interface ResUsersFields extends ResPartnerFields {}

/** Users that data of addons refer to. */
const NEEDED = ['base.user_root', 'base.user_admin', 'base.default_user', 'base.public_user'] as const

declare module '#core' {
  interface Context {
    /** Whether a new user gets no invitation to choose a password. */
    readonly no_reset_password?: boolean
  }
}

export const ResUsers = model(
  'res.users',
  ResUsersFields,
  {
    description: 'User',
    delegate: { 'res.partner': 'partner_id' },
    order: 'name, login, id',
    recNamesSearch: ['name', 'login'],
    sqlConstraints: { login_key: ['unique (login)', 'You can not have two users with the same login!'] },
  },
  (Base) =>
    class extends invalidating(Base, 'security') {
      override async create(values: readonly Values<'res.users'>[]): Promise<Recs<'res.users'>> {
        const users = await super.create(values)
        const archived = (await users.load(['active', 'partner_id'])).filter(({ active }) => !active)
        // who cannot log in is not offered as a contact either
        if (archived.length > 0)
          await this.env['res.partner'].browse(archived.map(({ partner_id }) => partner_id.id)).write({ active: false })
        return users
      }

      override async write(values: Values<'res.users'>): Promise<void> {
        if (values.active === false && !this.env.su && this.ids.includes(this.env.uid)) throw new USER_ARCHIVES_SELF()
        await super.write(values)
        if (values.active !== true) return
        const users = await this.load(['partner_id'])
        await this.env['res.partner'].browse(users.map(({ partner_id }) => partner_id.id)).write({ active: true })
      }

      /** A copy is another person, with a login of its own. */
      override async copy_data(values: Record<string, unknown> = {}): Promise<Record<string, unknown>[]> {
        const copies = await super.copy_data(values)
        const users = await this.load(['name', 'login', 'lang', 'tz'])
        return copies.map((copy, i) => {
          const { name, login, lang, tz } = users[i] ?? {}
          return {
            lang,
            tz,
            ...copy,
            name: values['name'] ?? copyName(name),
            login: values['login'] ?? copyName(login),
          }
        })
      }

      /** The fields of the own record that every user may write. An addon that adds preferences extends the list. */
      SELF_WRITEABLE_FIELDS(): readonly FieldName<'res.users'>[] {
        return ['signature', 'company_id', 'email', 'name', 'image_1920', 'lang', 'tz']
      }

      /**
       * Whether the one user of the set is in the group with this external id.
       * @throws GROUPS_OF_OTHERS when somebody from outside asks about another user
       */
      async has_group(group_ext_id: string): Promise<boolean> {
        const [id = this.env.uid, ...others] = this.ids
        if (others.length > 0) throw new USER_NOT_ONE(this.length)
        if (id === this.env.uid) return this.env.user.groups.has(group_ext_id)
        if (!this.env.su && !this.env.user.groups.has('base.group_user')) throw new GROUPS_OF_OTHERS()
        return (await this.env.asUser(id)).user.groups.has(group_ext_id)
      }

      /** The context that calls of the user begin with. */
      async context_get(): Promise<{ readonly lang: string; readonly tz: string | null; readonly uid: number }> {
        const { uid, user } = this.env
        return { lang: user.lang ?? 'en_US', tz: user.tz, uid }
      }
    },
)

ResUsers.default('groups_id', async (env) => {
  const template = await env.xmlId('base.default_user')
  if (!template) return []
  const [user] = await env
    .sudo('new users begin like the template')
    .browse('res.users', [template[1]])
    .load(['groups_id'])
  return user?.groups_id.ids ?? []
})
  .callable('has_group', { readonly: true, params: { group_ext_id: { type: 'string' } } })
  .callable('context_get', { on: 'model', readonly: true })
  .related('active_partner', 'partner_id.active')
  .compute('login_date', ['session_ids.create_date'], ({ session_ids }) =>
    session_ids.reduce<Date | null>((last, { create_date }) => (last && last > create_date ? last : create_date), null),
  )
  .ondelete(async (users, env) => {
    const needed = new Set((await Promise.all(NEEDED.map((name) => env.xmlId(name)))).map((found) => found?.[1]))
    const refused = (await users.load(['login'])).filter(({ id }) => needed.has(id))
    if (refused.length > 0) throw new USER_NEEDED(refused.map(({ login }) => login))
  })

export interface ResUsers extends RecordsOf<typeof ResUsers> {}
declare module '#core' {
  interface Models {
    'res.users': { fields: ResUsersFields; records: ResUsers }
  }
}
