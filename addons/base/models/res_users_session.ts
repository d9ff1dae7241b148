import { field, model, NOBODY, type JobAnswer, type RecordsOf } from '#core'
import { deleteBatch } from '../tools/delete-batch.ts'
import { invalidating } from './invalidating.ts'

export class ResUsersSessionFields {
  token_hash = field.char({
    required: true,
    exportable: false,
    groups: NOBODY,
    help: 'SHA-256 of the token that the browser holds; in no group, so that only the system itself reads it.',
  })
  user_id = field.many2one('res.users', { string: 'User', required: true, ondelete: 'cascade', index: true })
  last_seen = field.datetime({ string: 'Last Seen' })
  expires_at = field.datetime({ string: 'Expires on', required: true, index: true })
  ip = field.char({ string: 'IP Address' })
  user_agent = field.char({ string: 'Browser' })
}

/** Who is logged in from where. The rows are written by the server itself as sessions begin and go on. */
export const ResUsersSession = model(
  'res.users.session',
  ResUsersSessionFields,
  {
    description: 'Session',
    order: 'last_seen desc, id desc',
    recName: 'user_agent',
    sqlConstraints: { token_hash_uniq: ['unique (token_hash)', 'A token belongs to one session.'] },
  },
  (Base) =>
    class extends invalidating(Base, 'sessions') {
      /** Deletes the sessions that have expired. */
      async _cron_forget(): Promise<JobAnswer> {
        return deleteBatch(this.env, 'res.users.session', [['expires_at', '<=', new Date()]])
      }
    },
)

export interface ResUsersSession extends RecordsOf<typeof ResUsersSession> {}
declare module '#core' {
  interface Models {
    'res.users.session': { fields: ResUsersSessionFields; records: ResUsersSession }
  }
}
