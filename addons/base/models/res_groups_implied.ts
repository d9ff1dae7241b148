import { field, groupBy, sql, type Env, type Recs, type RecordsOf, type Values } from '#core'
import { ResGroups } from './res_groups.ts'

export class ResGroupsImpliedFields {
  implied_ids = field.many2many('res.groups', {
    string: 'Inherits',
    relation: 'res_groups_implied_rel',
    column1: 'gid',
    column2: 'hid',
    help: 'Users of this group are users of those groups too.',
  })
  trans_implied_ids = field.many2many('res.groups', { string: 'Transitively inherits', store: false })
}

/**
 * Groups that bring other groups. Who is put into a group is put into all that it implies, directly or through others,
 * and stays there when the first membership ends.
 */
export const ResGroupsImplied = ResGroups.extend(
  ResGroupsImpliedFields,
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'res.groups'>[]): Promise<Recs<'res.groups'>> {
        const groups = await super.create(values)
        if (values.some(mayGrant)) await groups._grant_implied()
        return groups
      }

      override async write(values: Values<'res.groups'>): Promise<void> {
        await super.write(values)
        if (mayGrant(values)) await this._grant_implied()
      }

      /** Puts the users of the groups into all groups that those imply. */
      async _grant_implied(): Promise<void> {
        const implied = await impliedGroups(this.env)
        for (const group of await this.load(['users'])) {
          const below = [...(implied.get(group.id) ?? [])]
          // groups change one at a time: a second round is hardly ever needed
          if (below.length > 0 && group.users.length > 0)
            await group.users.write({ groups_id: below.map((id) => ({ link: id })) })
        }
      }
    },
)

ResGroupsImplied.computeBatch('trans_implied_ids', ['implied_ids'], async (groups, env) => {
  const implied = await impliedGroups(env)
  return new Map(groups.map(({ id }) => [id, [...(implied.get(id) ?? [])]]))
}).constrainBatch(['implied_ids'], async (groups, env) => {
  const implied = await impliedGroups(env)
  return groups.some(({ id }) => implied.get(id)?.has(id))
    ? 'A group cannot imply itself, directly or through others.'
    : undefined
})

const mayGrant = (values: Values<'res.groups'>): boolean => 'users' in values || 'implied_ids' in values

/** For every group that implies others, all that it implies, directly or through others. */
export async function impliedGroups(env: Env): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
  const edges = await env.connection.rows<{ gid: number; hid: number }>(
    sql`SELECT gid, hid FROM res_groups_implied_rel`,
  )
  const direct = groupBy(edges, ({ gid }) => gid)
  return new Map(
    [...direct.keys()].map((group) => {
      const reached = new Set<number>()
      const waiting = [group]
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        for (const { hid } of direct.get(next) ?? []) {
          if (reached.has(hid)) continue
          reached.add(hid)
          waiting.push(hid)
        }
      }
      return [group, reached]
    }),
  )
}

declare module './res_groups.ts' {
  interface ResGroupsFields extends ResGroupsImpliedFields {}
  interface ResGroups extends RecordsOf<typeof ResGroupsImplied> {}
}
