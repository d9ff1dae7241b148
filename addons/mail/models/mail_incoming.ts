import { field, model, type RecordsOf } from '#core'
import { receiveMail } from '../incoming/receive.ts'

export class MailIncomingFields {
  message_id = field.char({ string: 'Message-Id', required: true })
  subject = field.char()
  email_from = field.char({ string: 'From', index: true })
  email_to = field.text({ string: 'To' })
  date = field.datetime()
  state = field.selection(
    { done: 'Processed', ignored: 'Ignored', bounce: 'Bounce', failed: 'Failed' },
    { string: 'Status', required: true, index: true },
  )
  error_code = field.char({ string: 'Error' })
  reason = field.text()
  model = field.char({ string: 'Model' })
  res_id = field.many2oneReference({ string: 'Record', modelField: 'model' })
  is_new = field.boolean({ string: 'Made a record' })
  mail_message_id = field.many2one('mail.message', { string: 'Message', ondelete: 'set null', index: 'not null' })
  fallback_model = field.char({ help: 'The model that mails without an alias make records of.' })
  raw = field.binary({ string: 'Mail', help: 'The mail as it came, as long as it has failed.' })
}

/** Every mail that came in, and what became of it: a message, or the reason why not. */
export const MailIncoming = model(
  'mail.incoming',
  MailIncomingFields,
  {
    description: 'Incoming Mail',
    order: 'id desc',
    recName: 'subject',
    sqlConstraints: { message_id_uniq: ['unique (message_id)', 'This mail has come in already.'] },
  },
  (Base) =>
    class extends Base {
      /** Tries again what failed. What fails again says why. */
      async action_retry(): Promise<true> {
        await this.check_access('write')
        const failed = await this.search([
          ['id', 'in', this.ids],
          ['state', '=', 'failed'],
        ])
        for (const { raw, email_to, fallback_model } of await failed.load(['raw', 'email_to', 'fallback_model'])) {
          // each mail is worked at by itself, as when it came
          if (raw)
            await receiveMail(this.env, raw, { recipients: (email_to ?? '').split(/\s+/), model: fallback_model })
        }
        return true
      }

      /** Sets aside what failed; the mails are no longer kept. */
      async action_ignore(): Promise<true> {
        const failed = await this.search([
          ['id', 'in', this.ids],
          ['state', '=', 'failed'],
        ])
        await failed.write({ state: 'ignored', raw: null })
        return true
      }

      /** Forgets what was processed long ago; copies of such a mail are still known by its message. */
      async _cron_forget(): Promise<void> {
        const old = await this.search([
          ['state', '!=', 'failed'],
          ['create_date', '<', new Date(Date.now() - KEPT)],
        ])
        await old.unlink()
      }
    },
)

/** How long is known what became of a mail, in milliseconds. */
const KEPT = 90 * 86_400_000

MailIncoming.callable('action_retry').callable('action_ignore')

export interface MailIncoming extends RecordsOf<typeof MailIncoming> {}
declare module '#core' {
  interface Models {
    'mail.incoming': { fields: MailIncomingFields; records: MailIncoming }
  }
}
