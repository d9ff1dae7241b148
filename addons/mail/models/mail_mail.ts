import { field, model, type Recs, type RecordsOf, type Values } from '#core'
import { MAIL_NOT_SENT } from '../outgoing/errors.ts'
import { claimMails, deliverMails } from '../outgoing/queue.ts'
import type { MailMessageFields } from './mail_message.ts'

/** Why a mail did not arrive. */
export const FAILURE_TYPES = {
  unknown: 'Unknown error',
  mail_email_invalid: 'Invalid email address',
  mail_email_missing: 'Missing email address',
  mail_from_invalid: 'Invalid from address',
  mail_from_missing: 'Missing from address',
  mail_smtp: 'Connection failed (outgoing mail server problem)',
} as const

export class MailMailFields {
  mail_message_id = field.many2one('mail.message', {
    string: 'Message',
    required: true,
    ondelete: 'cascade',
    index: true,
  })
  body_html = field.html({
    string: 'Rich-text Contents',
    help: 'What is sent; by default the contents of the message.',
  })
  references = field.text({ readonly: true, help: 'Ids of the messages that it answers.' })
  headers = field.text({ copy: false, help: 'Further lines of the head, as JSON.' })
  is_notification = field.boolean({ string: 'Notification Email', help: 'The message stays when the mail is deleted.' })
  email_to = field.text({ string: 'To', help: 'Addresses beside those of the recipients.' })
  email_cc = field.char({ string: 'Cc' })
  recipient_ids = field.many2many('res.partner', { string: 'To (Partners)' })
  state = field.selection(
    {
      outgoing: 'Outgoing',
      sent: 'Sent',
      received: 'Received',
      exception: 'Delivery Failed',
      cancel: 'Cancelled',
    },
    { string: 'Status', readonly: true, copy: false, default: 'outgoing', index: true },
  )
  failure_type = field.selection(FAILURE_TYPES, { string: 'Failure type', copy: false })
  failure_reason = field.text({ string: 'Failure Reason', readonly: true, copy: false })
  auto_delete = field.boolean({ help: 'Deletes the mail when it was sent; the message of a notification stays.' })
  scheduled_date = field.datetime({ help: 'It is not sent before.' })
  attempts = field.integer({ readonly: true, copy: false, aggregator: null, help: 'How often sending failed for now.' })
  next_attempt = field.datetime({ readonly: true, copy: false, help: 'It is not tried again before.' })
  claim = field.char({ readonly: true, copy: false, exportable: false, help: 'Who sends it now.' })
  claimed_until = field.datetime({
    readonly: true,
    copy: false,
    exportable: false,
    help: 'Until when nobody else sends it.',
  })
  progress = field.json({
    readonly: true,
    copy: false,
    exportable: false,
    help: 'What the server said to each address.',
  })
}
/** The fields of the message that is sent. */
export interface MailMailFields extends MailMessageFields {}

/** Mails on their way out. How they get there is told in docs/decisions. */
export const MailMail = model(
  'mail.mail',
  MailMailFields,
  {
    description: 'Outgoing Mails',
    delegate: { 'mail.message': 'mail_message_id' },
    order: 'id desc',
    recName: 'subject',
    indexes: { queue_idx: "id WHERE state = 'outgoing'" },
  },
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'mail.mail'>[]): Promise<Recs<'mail.mail'>> {
        const mails = await super.create(
          values.map((one) => ({
            ...(one.mail_message_id ? {} : { message_type: 'email_outgoing' as const }),
            ...one,
            body_html: one.body_html ?? one.body ?? null,
          })),
        )
        const waiting = (await mails.load(['state', 'scheduled_date'])).filter(({ state }) => state === 'outgoing')
        const times = waiting.map(({ scheduled_date }) => scheduled_date?.getTime() ?? 0)
        if (times.length > 0) await this._wake_queue(Math.min(...times))
        return mails
      }

      /** Deletes the messages with the mails, but not those that people were told of. */
      override async unlink(): Promise<void> {
        const mails = await this.load(['is_notification', 'mail_message_id'])
        const own = mails.filter(({ is_notification }) => !is_notification).map((one) => one.mail_message_id.id)
        await super.unlink()
        await this.env['mail.message'].browse(own).unlink()
      }

      /**
       * Hands the outgoing ones of the set over to their mail servers when the call is committed, before it answers.
       * @throws MAIL_NOT_SENT after the commit, if asked to, when one could not be sent
       */
      async send(_auto_commit: boolean = false, raise_exception: boolean = false): Promise<true> {
        await this.check_access('write')
        const claim = await claimMails(this.env, this.ids)
        this.env.transaction.afterCommit(async (calls) => {
          const failures = await deliverMails(calls, claim)
          if (raise_exception && failures.length > 0) throw new MAIL_NOT_SENT(failures)
        })
        return true
      }

      /** Has failed mails sent again: to those addresses that did not get them. */
      async retry(): Promise<true> {
        const failed = await this.search([
          ['id', 'in', this.ids],
          ['state', 'in', ['exception', 'cancel']],
        ])
        return failed.mark_outgoing()
      }

      async mark_outgoing(): Promise<true> {
        for (const mail of await this.load(['progress'])) {
          // what was refused is tried again, so that each has progress of its own
          await mail.write({ progress: sentOnly(mail.progress) })
        }
        await this.write({
          state: 'outgoing',
          attempts: 0,
          next_attempt: null,
          failure_type: null,
          failure_reason: null,
        })
        const notifications = this.env.sudo('a notification follows its mail')['mail.notification']
        const waiting = await notifications.search([
          ['mail_mail_id', 'in', this.ids],
          ['notification_status', 'in', ['exception', 'canceled']],
        ])
        await waiting.write({ notification_status: 'ready', failure_type: null, failure_reason: null })
        await this._wake_queue()
        return true
      }

      async cancel(): Promise<true> {
        await this.write({ state: 'cancel' })
        const notifications = this.env.sudo('a notification follows its mail')['mail.notification']
        const waiting = await notifications.search([
          ['mail_mail_id', 'in', this.ids],
          ['notification_status', 'in', ['ready', 'exception']],
        ])
        await waiting.write({ notification_status: 'canceled' })
        return true
      }

      /** Sends a part of what waits; called again at once while there is more. */
      async process_email_queue(): Promise<{ readonly more: boolean }> {
        await this.check_access('write')
        const claim = await claimMails(this.env, null)
        this.env.transaction.afterCommit(async (calls) => void (await deliverMails(calls, claim)))
        return { more: claim.isFull }
      }

      /** Has the queue looked at when the call is committed, or at a time in milliseconds. */
      async _wake_queue(at: number = 0): Promise<void> {
        const job = await this.env.xmlId('mail.ir_cron_mail_scheduler_action')
        if (job) await this.env.browse('ir.cron', [job[1]])._trigger(new Date(Math.max(at, Date.now())))
      }
    },
)

MailMail.callable('send', {
  params: { auto_commit: { type: 'boolean', default: false }, raise_exception: { type: 'boolean', default: false } },
})
  .callable('retry')
  .callable('mark_outgoing')
  .callable('cancel')
  .callable('process_email_queue', { on: 'model' })

function sentOnly(progress: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries((progress ?? {}) as Record<string, string>).filter(([, said]) => said === 'sent'),
  )
}

export interface MailMail extends RecordsOf<typeof MailMail> {}
declare module '#core' {
  interface Models {
    'mail.mail': { fields: MailMailFields; records: MailMail }
  }
}
