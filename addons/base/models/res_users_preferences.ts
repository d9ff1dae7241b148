import type { RecordsOf, Values } from '#core'
import { ResUsers } from './res_users.ts'

/** Users change their own preferences, whatever their rights on users. */
export const ResUsersPreferences = ResUsers.extend(
  Object,
  (Base) =>
    class extends Base {
      override async write(values: Values<'res.users'>): Promise<void> {
        const safe = new Set<string>(this.SELF_WRITEABLE_FIELDS())
        const own =
          this.length === 1 && this.ids[0] === this.env.uid && Object.keys(values).every((name) => safe.has(name))
        await super.write.call(own ? this.sudo('users change their own preferences') : this, values)
      }
    },
)

declare module './res_users.ts' {
  interface ResUsers extends RecordsOf<typeof ResUsersPreferences> {}
}
