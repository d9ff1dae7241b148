import { field, model, NOBODY, type Calls, type Env, type RecordsOf, type Values } from '#core'
import { testMailbox, visitMailbox, type Mailbox } from '../incoming/mailbox.ts'
import { readMail, takeMail } from '../incoming/receive.ts'

const REASON = 'passwords of mailboxes are kept from everybody'

export class FetchmailServerFields {
  name = field.char({ required: true })
  active = field.boolean({ default: true })
  state = field.selection(
    { draft: 'Not Confirmed', done: 'Confirmed' },
    { string: 'Status', readonly: true, copy: false, default: 'draft', index: true },
  )
  server = field.char({ string: 'Server Name', required: true, help: 'Host of the IMAP server.' })
  port = field.integer({ default: 993, aggregator: null })
  server_type = field.selection({ imap: 'IMAP Server' }, { string: 'Server Type', required: true, default: 'imap' })
  is_ssl = field.boolean({ string: 'SSL/TLS', default: true })
  user = field.char({ string: 'Username', required: true })
  password = field.char({
    readonly: false,
    exportable: false,
    groups: 'base.group_system',
    help: 'Write it to set a password; nobody can read it.',
  })
  secret = field.char({ groups: NOBODY, copy: false, exportable: false })
  object_id = field.many2one('ir.model', {
    string: 'Create a New Record',
    ondelete: 'set null',
    help: 'Mails that answer nothing and are for no alias make a record of this model.',
  })
  priority = field.integer({ string: 'Server Priority', default: 5, aggregator: null })
  date = field.datetime({ string: 'Last Fetch Date', readonly: true, copy: false })
  error_date = field.datetime({ string: 'Last Error Date', readonly: true, copy: false })
  error_message = field.text({ string: 'Last Error Message', readonly: true, copy: false })
}

/** Mailboxes that mails are fetched from. */
export const FetchmailServer = model(
  'fetchmail.server',
  FetchmailServerFields,
  { description: 'Incoming Mail Server', order: 'priority, id' },
  (Base) =>
    class extends Base {
      /**
       * Logs in to each mailbox of the set when the call is committed; it is then fetched from.
       * @throws MAILBOX_FAILED after the commit
       */
      async button_confirm_login(): Promise<true> {
        await this.check_access('write')
        const mailboxes = await this._mailboxes()
        this.env.transaction.afterCommit(async (calls) => {
          for (const mailbox of mailboxes) {
            await testMailbox(mailbox)
            await keepFacts(calls, mailbox, { state: 'done', error_date: null, error_message: null })
          }
        })
        return true
      }

      /** Fetches from the mailboxes of the set no more. */
      async set_draft(): Promise<true> {
        await this.write({ state: 'draft' })
        return true
      }

      /** Fetches from the mailboxes of the set when the call is committed, before it answers. */
      async fetch_mail(): Promise<true> {
        await this.check_access('write')
        const mailboxes = await this._mailboxes()
        this.env.transaction.afterCommit(async (calls) => {
          for (const mailbox of mailboxes) await fetchFrom(calls, mailbox)
        })
        return true
      }

      /** Fetches from all confirmed mailboxes. */
      async _cron_fetch(): Promise<void> {
        const confirmed = await this.search([['state', '=', 'done']])
        await confirmed.fetch_mail()
      }

      async _mailboxes(): Promise<readonly Mailbox[]> {
        const servers = await this.sudo(REASON).load(['server', 'port', 'is_ssl', 'user', 'secret', 'object_id.model'])
        return servers.map((one) => ({
          id: one.id,
          host: one.server,
          port: one.port || (one.is_ssl ? 993 : 143),
          isSsl: one.is_ssl,
          user: one.user,
          password: one.secret ?? '',
          model: one.object_id?.model ?? null,
        }))
      }
    },
)

/** The system itself, on whose behalf mails are taken in. */
const SYSTEM = { uid: 1, su: true } as const

/** Keeps at a mailbox how it went, if it is still there. */
async function keepFacts(calls: Calls, { id }: Mailbox, values: Values<'fetchmail.server'>): Promise<void> {
  await calls.call(SYSTEM, 'write', async (env) => (await env['fetchmail.server'].browse([id]).exists()).write(values))
}

/** Takes the unread mails of a mailbox in, each in a call of its own, and keeps at the mailbox how it went. */
async function fetchFrom(calls: Calls, mailbox: Mailbox): Promise<void> {
  try {
    const { more } = await visitMailbox(mailbox, async (raw) => {
      const mail = await readMail(raw, { model: mailbox.model })
      const take = (): Promise<unknown> => calls.call(SYSTEM, 'write', (env) => takeMail(env, mail))
      // a copy of the mail may have been taken in at the same moment: now it is found
      await take().catch(take)
    })
    await keepFacts(calls, mailbox, { date: new Date(), error_date: null, error_message: null })
    if (more) await calls.call(SYSTEM, 'write', wakeFetching)
  } catch (error) {
    const error_message = error instanceof Error ? error.message : String(error)
    await keepFacts(calls, mailbox, { error_date: new Date(), error_message })
  }
}

async function wakeFetching(env: Env): Promise<void> {
  const job = await env.xmlId('mail.ir_cron_mail_gateway_action')
  if (job) await env.browse('ir.cron', [job[1]])._trigger()
}

FetchmailServer.compute('password', [], () => null)
  .inverse('password', async (values, env) => {
    for (const [id, password] of values) {
      // each password is another one, so that each is a write of its own
      await env
        .sudo(REASON)
        ['fetchmail.server'].browse([id])
        .write({ secret: password || null })
    }
  })
  .callable('button_confirm_login')
  .callable('set_draft')
  .callable('fetch_mail')

export interface FetchmailServer extends RecordsOf<typeof FetchmailServer> {}
declare module '#core' {
  interface Models {
    'fetchmail.server': { fields: FetchmailServerFields; records: FetchmailServer }
  }
}
