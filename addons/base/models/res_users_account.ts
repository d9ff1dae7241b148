import { type Json, type RecordsOf } from '#core'
import { API_KEY_DURATION, API_KEY_NAME } from '../errors.ts'
import { ResUsers } from './res_users.ts'

/** Longest life of a key in days for who does not manage users: what is forgotten ends by itself. */
const MAX_DAYS = 365

const DAY_MS = 86_400_000

/** What users do with their own account. */
export const ResUsersAccount = ResUsers.extend(
  Object,
  (Base) =>
    class extends Base {
      /** The action that shows the preferences of the user of the call. */
      async action_get(): Promise<Json> {
        const action = await this.env['ir.actions.actions'].load_action('base.action_res_users_my')
        return { ...(action as Readonly<Record<string, Json>>), res_id: this.env.uid }
      }

      /**
       * Makes an API key for the user of the call; its text is told once. `days` is how long it holds, 0 for ever,
       * which is for who manages users.
       * @throws API_KEY_NAME, API_KEY_DURATION
       */
      async _make_key(name: string, days: number): Promise<string> {
        if (name.trim() === '') throw new API_KEY_NAME()
        const isFree = this.env.user.groups.has('base.group_system')
        if (!isFree && (days < 1 || days > MAX_DAYS)) throw new API_KEY_DURATION(MAX_DAYS)
        const expires = days > 0 ? new Date(Date.now() + days * DAY_MS) : null
        return this.env['res.users.apikeys']._generate('rpc', name.trim(), expires)
      }
    },
)

ResUsersAccount.callable('action_get', { on: 'model', readonly: true })

declare module './res_users.ts' {
  interface ResUsers extends RecordsOf<typeof ResUsersAccount> {}
}
