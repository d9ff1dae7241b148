import { randomBytes } from 'node:crypto'
import {
  field,
  hashPassword,
  KEY_INDEX_LENGTH,
  model,
  NOBODY,
  type JobAnswer,
  type Recs,
  type RecordsOf,
  type Values,
} from '#core'
import { deleteBatch } from '../tools/delete-batch.ts'
import { API_KEY_BY_HAND, API_KEY_FOREIGN } from '../errors.ts'

/** Length of a key before it is written in hexadecimal: 160 bits cannot be guessed. */
const KEY_BYTES = 20

export class ResUsersApikeysFields {
  name = field.char({ string: 'Description', required: true })
  user_id = field.many2one('res.users', { string: 'User', required: true, ondelete: 'cascade', index: true })
  scope = field.char({ help: 'What the key opens; everything when empty.' })
  expiration_date = field.datetime({ string: 'Expiration Date', help: 'It holds for ever when empty.' })
  last_use = field.datetime({ string: 'Last Use' })
  index = field.char({ string: 'Beginning', size: KEY_INDEX_LENGTH, required: true, index: true, groups: NOBODY })
  key = field.char({ string: 'Hash', required: true, exportable: false, groups: NOBODY })
}

export const ResUsersApikeys = model(
  'res.users.apikeys',
  ResUsersApikeysFields,
  {
    description: 'Users API Keys',
    order: 'name, id',
  },
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'res.users.apikeys'>[]): Promise<Recs<'res.users.apikeys'>> {
        if (!this.env.su) throw new API_KEY_BY_HAND()
        return super.create(values)
      }

      /** Makes a key for the user of the call and gives its text, which is shown once and kept nowhere. */
      async _generate(scope: string | null, name: string, expiration_date: Date | null): Promise<string> {
        const text = randomBytes(KEY_BYTES).toString('hex')
        await this.sudo('keys are made by the server only').create([
          {
            name,
            scope,
            expiration_date,
            user_id: this.env.uid,
            index: text.slice(0, KEY_INDEX_LENGTH),
            key: await hashPassword(text),
          },
        ])
        return text
      }

      /**
       * Revokes keys: the own ones, or any for who manages users.
       * @throws API_KEY_FOREIGN
       */
      async remove(): Promise<{ readonly type: 'ir.actions.act_window_close' }> {
        const all = this.sudo('users revoke their own keys')
        const foreign = (await all.load(['name', 'user_id'])).filter(({ user_id }) => user_id.id !== this.env.uid)
        const manages = this.env.su || this.env.user.groups.has('base.group_system')
        if (foreign.length > 0 && !manages) throw new API_KEY_FOREIGN(foreign.map(({ name }) => name))
        await all.unlink()
        return { type: 'ir.actions.act_window_close' }
      }

      /** Deletes the keys that hold no longer. */
      async _cron_forget(): Promise<JobAnswer> {
        return deleteBatch(this.env, 'res.users.apikeys', [['expiration_date', '<=', new Date()]])
      }
    },
)

ResUsersApikeys.callable('remove')

export interface ResUsersApikeys extends RecordsOf<typeof ResUsersApikeys> {}
declare module '#core' {
  interface Models {
    'res.users.apikeys': { fields: ResUsersApikeysFields; records: ResUsersApikeys }
  }
}
