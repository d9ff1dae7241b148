import type { MailMessageTypes } from './mail_message.ts'
import { readMail, receiveMail, takeMail, type Arrival, type ReadMail, type Received } from '../incoming/receive.ts'
import { parseEmailAddress } from '#addons/base/tools/email-address.ts'
import { aliasDomains } from './mail_alias_domain.ts'
import { MailThread } from './mail_thread.ts'

/** A mail as the methods of models get it. */
export interface MessageDict {
  readonly message_id: string
  readonly subject: string
  /** `"Name" <address>` */
  readonly email_from: string
  /** The contact of the sender. */
  readonly author_id: number | null
  /** Markup, not yet sanitized. */
  readonly body: string
  /** Addresses that it was sent to, in lower case. */
  readonly recipients: readonly string[]
  readonly date: Date
  readonly parent_id: number | null
  readonly message_type: keyof MailMessageTypes
}

/** Mails that come in become records, and messages on records. */
export const MailThreadGateway = MailThread.def.extend(
  Object,
  (Base) =>
    class extends Base {
      /**
       * Takes a mail in as it came: bytes, or text, which may be base64. Answers the id of the record that it went to, or `false` when it made none;
       * `mail.incoming` tells why.
       */
      async message_process(
        model: string | null,
        message: Uint8Array | string,
        custom_values: Readonly<Record<string, unknown>> | null = null,
        _save_original: boolean = false,
        _strip_attachments: boolean = false,
        thread_id: number | null = null,
      ): Promise<number | false> {
        await this.env['mail.incoming'].check_access('create')
        const raw = typeof message === 'string' ? bytesOf(message) : message
        const values = custom_values ?? {}
        const { resId } = await receiveMail(this.env, raw, { model: model || null, resId: thread_id || null, values })
        return resId ?? false
      }

      /**
       * Makes the record for a mail that answers nothing, and gives its id. By default the record is named after the
       * subject and knows the address of the sender, where the model has a field for it.
       */
      async message_new(message: MessageDict, custom_values: Readonly<Record<string, unknown>> = {}): Promise<number> {
        const { fields, recName } = this.env.registry.get(this.modelName)
        const values: Record<string, unknown> = { ...custom_values }
        if (recName && fields.get(recName)?.stored && !(recName in values))
          values[recName] = message.subject || message.email_from || '-'
        const { email } = parseEmailAddress(message.email_from)
        if (fields.has('email_from')) values['email_from'] ??= message.email_from
        else if (fields.has('email')) values['email'] ??= email ?? message.email_from
        const records = await this.env.model(this.modelName).create([values])
        return records.ids[0] ?? 0
      }

      /** Changes the record that a mail answers, before the mail becomes a message of it. By default nothing changes. */
      async message_update(_message: MessageDict, update_vals: Readonly<Record<string, unknown>> = {}): Promise<void> {
        if (Object.keys(update_vals).length > 0)
          await this.env.model(this.modelName, this.ids).write({ ...update_vals })
      }

      /** Reads a mail: what `_take_mail` gets. */
      async _read_mail(raw: Uint8Array, arrival: Arrival): Promise<ReadMail> {
        return readMail(raw, arrival)
      }

      /** Takes a mail in that was read before. */
      async _take_mail(mail: ReadMail): Promise<Received> {
        return takeMail(this.env, mail)
      }

      /** Whether mails to an address come to an alias or to one of the addresses of a domain. */
      async _takes_address(address: string): Promise<boolean> {
        const env = this.env.sudo('mails come from outside')
        const wanted = address.toLowerCase()
        const domains = await aliasDomains(env)
        if (domains.some(({ bounce, catchall }) => wanted === bounce || wanted === catchall)) return true
        const count = await env['mail.alias'].search_count(
          [
            '|',
            ['alias_full_name', '=', wanted],
            '&',
            ['alias_incoming_local', '=', true],
            ['alias_name', '=', wanted.slice(0, wanted.indexOf('@'))],
          ],
          1,
        )
        return count > 0
      }
    },
)

/** What clients send: a mail always has a colon, which base64 never has. */
function bytesOf(message: string): Uint8Array {
  return Buffer.from(message, message.includes(':') ? 'utf8' : 'base64')
}

MailThreadGateway.callable('message_process', {
  on: 'model',
  params: {
    model: { anyOf: [{ type: 'string' }, { enum: [false, null] }] },
    message: { type: 'string' },
    custom_values: { anyOf: [{ type: 'object' }, { enum: [false, null] }], default: null },
    save_original: { type: 'boolean', default: false },
    strip_attachments: { type: 'boolean', default: false },
    thread_id: { anyOf: [{ type: 'integer' }, { enum: [false, null] }], default: null },
  },
})

declare module './mail_thread.ts' {
  interface MailThread {
    message_process(
      model: string | null,
      message: Uint8Array | string,
      custom_values?: Readonly<Record<string, unknown>> | null,
      save_original?: boolean,
      strip_attachments?: boolean,
      thread_id?: number | null,
    ): Promise<number | false>
    message_new(message: MessageDict, custom_values?: Readonly<Record<string, unknown>>): Promise<number>
    message_update(message: MessageDict, update_vals?: Readonly<Record<string, unknown>>): Promise<void>
    _read_mail(raw: Uint8Array, arrival: Arrival): Promise<ReadMail>
    _take_mail(mail: ReadMail): Promise<Received>
    _takes_address(address: string): Promise<boolean>
  }
}
