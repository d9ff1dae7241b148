import { field, sql, type Command, type Env, type Recs, type RecordsOf, type Values } from '#core'
import { impliedGroups } from './res_groups_implied.ts'
import { ResUsers } from './res_users.ts'

export class ResUsersGroupsFields {
  share = field.boolean({
    string: 'Share User',
    store: true,
    help: 'External user with limited access, created only to share data.',
  })
}

/** The groups that say what kind of person a user is: each user is in one of them at most. */
const USER_TYPES = { group_user: 'internal', group_portal: 'portal', group_public: 'public' } as const
type UserType = (typeof USER_TYPES)[keyof typeof USER_TYPES]

/** Users get the groups that their groups imply. */
export const ResUsersGroups = ResUsers.extend(
  ResUsersGroupsFields,
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'res.users'>[]): Promise<Recs<'res.users'>> {
        const implied = await impliedGroups(this.env)
        return super.create(values.map((one) => withImplied(one, implied)))
      }

      override async write(values: Values<'res.users'>): Promise<void> {
        await super.write(values.groups_id === undefined ? values : withImplied(values, await impliedGroups(this.env)))
      }
    },
)

ResUsersGroups.computeBatch('share', ['groups_id'], async (users, env) => {
  const types = await userTypes(env)
  return new Map(users.map(({ id, groups_id }) => [id, !groups_id.some((group) => types.get(group.id) === 'internal')]))
}).constrainBatch(['groups_id', 'login'], async (users, env) => {
  const types = await userTypes(env)
  const several = users.find(({ groups_id }) => groups_id.filter((group) => types.has(group.id)).length > 1)
  return several ? `The user ${several.login} cannot be of more than one type: internal, portal or public.` : undefined
})

/** The values with links to all groups that the linked ones imply. */
function withImplied(
  values: Values<'res.users'>,
  implied: ReadonlyMap<number, ReadonlySet<number>>,
): Values<'res.users'> {
  if (values.groups_id === undefined) return values
  const groups_id = values.groups_id.flatMap((command): Command<'res.groups'>[] => {
    if ('set' in command) return [{ set: [...new Set(command.set.flatMap((id) => [id, ...(implied.get(id) ?? [])]))] }]
    if ('link' in command) return [command, ...[...(implied.get(command.link) ?? [])].map((id) => ({ link: id }))]
    return [command]
  })
  return { ...values, groups_id }
}

/** The groups of user types: id -> type. Read once per process as soon as all are there. */
async function userTypes(env: Env): Promise<ReadonlyMap<number, UserType>> {
  const names = Object.keys(USER_TYPES) as (keyof typeof USER_TYPES)[] // the keys of a constant
  const read = async (): Promise<ReadonlyMap<number, UserType>> => {
    const rows = await env.connection.rows<{ name: keyof typeof USER_TYPES; res_id: number }>(sql`
      SELECT name, res_id FROM ir_model_data WHERE module = 'base' AND ${env.dialect.anyOf(sql`name`, names)}`)
    return new Map(rows.map(({ name, res_id }) => [res_id, USER_TYPES[name]]))
  }
  const kept = env.caches.peek<ReadonlyMap<number, UserType>>('security', 'user types')
  if (kept) return kept
  const types = await read()
  return types.size < names.length ? types : env.caches.get('security', 'user types', async () => types)
}

declare module './res_users.ts' {
  interface ResUsersFields extends ResUsersGroupsFields {}
  interface ResUsers extends RecordsOf<typeof ResUsersGroups> {}
}
