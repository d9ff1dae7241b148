import { field, hashPassword, NOBODY, verifyPassword, type Recs, type RecordsOf, type Values } from '#core'
import { PASSWORD_EMPTY, PASSWORD_WRONG } from '../errors.ts'
import { ResUsers } from './res_users.ts'

const REASON = 'hashes of passwords are kept from everybody'

export class ResUsersPasswordFields {
  password = field.char({
    copy: false,
    exportable: false,
    groups: NOBODY,
    help: 'Write it to set a password. Only a hash is kept; without one the user cannot log in with a password.',
  })
}

/** Passwords can be written but not read: what is kept is a hash. */
export const ResUsersPassword = ResUsers.extend(
  ResUsersPasswordFields,
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'res.users'>[]): Promise<Recs<'res.users'>> {
        const hashes = await Promise.all(values.map(async ({ password }) => (password ? hashPassword(password) : null)))
        const users = await super.create(values.map(({ password: _plain, ...rest }) => rest))
        for (const [i, password] of hashes.entries()) {
          // each hash is another one, so that each is a write of its own
          if (password !== null) await users.browse([users.ids[i] ?? 0])._write_hash(password)
        }
        return users
      }

      override async write(values: Values<'res.users'>): Promise<void> {
        const { password, ...rest } = values
        await super.write(rest)
        if (password === undefined) return
        await this._write_hash(password ? await hashPassword(password) : null)
        await this._end_sessions()
      }

      /** Keeps a hash as the password of the users; whoever calls has made sure that the caller may. */
      async _write_hash(password: string | null): Promise<void> {
        await super.write.call(this.sudo(REASON), { password })
      }

      /** Logs the users out everywhere: who knew the old password loses the sessions opened with it. */
      async _end_sessions(): Promise<void> {
        const sessions = this.env.sudo('a new password ends sessions, whoever sets it')['res.users.session']
        await (await sessions.search([['user_id', 'in', this.ids]])).unlink()
      }

      /**
       * Gives the user of the call another password and ends the user's sessions.
       * @throws PASSWORD_WRONG, PASSWORD_EMPTY
       */
      async change_password(old_passwd: string, new_passwd: string): Promise<boolean> {
        const own = this.browse([this.env.uid]).sudo('users change their own password')
        const [user] = await own.load(['password'])
        if (!user?.password || !(await verifyPassword(old_passwd, user.password)).valid) throw new PASSWORD_WRONG()
        if (new_passwd.trim() === '') throw new PASSWORD_EMPTY()
        await own.write({ password: new_passwd })
        return true
      }
    },
)

ResUsersPassword.callable('change_password', {
  on: 'model',
  params: { old_passwd: { type: 'string' }, new_passwd: { type: 'string' } },
})

declare module './res_users.ts' {
  interface ResUsersFields extends ResUsersPasswordFields {}
  interface ResUsers extends RecordsOf<typeof ResUsersPassword> {}
}
