import { abstractModel, field, textIn, type Recs, type RecordSet } from '#core'
import { addFollowers, removeFollowers } from '../thread/followers.ts'
import { logNotes } from '../thread/messages.ts'
import { authorOf } from '../thread/author.ts'
import type { MailedMessage } from '../thread/notify.ts'
import { markupOf, notifyPeople, post, type MessageNotify, type MessagePost } from '../thread/post.ts'
import { asThread } from '../thread/thread-set.ts'

/** The groups who see who follows. */
const INTERNAL = 'base.group_user'

export class MailThreadFields {
  message_ids = field.one2many('mail.message', 'res_id', {
    string: 'Messages',
    copy: false,
    filter: [['message_type', '!=', 'user_notification']],
  })
  message_follower_ids = field.one2many('mail.followers', 'res_id', {
    string: 'Followers',
    copy: false,
    groups: INTERNAL,
  })
}

/** What a note says, and who it is from. */
export interface MessageLog {
  /** Text, or markup if `body_is_html` says so. */
  readonly body?: string | null
  readonly body_is_html?: boolean | null
  readonly subject?: string | null
  readonly author_id?: number | null
  readonly email_from?: string | null
}

/** What records with a thread can do. Other addons may add to it. */
export interface MailThread {
  message_post(message: MessagePost): Promise<Recs<'mail.message'>>
  message_notify(message: MessageNotify): Promise<Recs<'mail.message'>>
  message_log(note: MessageLog): Promise<Recs<'mail.message'>>
  message_subscribe(partner_ids: readonly number[] | null, subtype_ids?: readonly number[] | null): Promise<true>
  message_unsubscribe(partner_ids: readonly number[] | null): Promise<true>
  /** Subtypes in which changes are posted: record -> external id. The others are notes. Gets the values before. */
  _track_subtype(before: ReadonlyMap<number, ReadonlyMap<string, unknown>>): Promise<ReadonlyMap<number, string>>
  /** The subtype in which it is posted that a record was created; a note when `null`. */
  _creation_subtype(): string | null
  /** What is said of a record that was created: text. */
  _creation_message(): string
  _mail_post_access(): 'read' | 'write'
  _mail_flat_thread(): boolean
  _message_post_after_hook(messages: Recs<'mail.message'>): Promise<void>
  _notify_thread_by_email(messages: readonly MailedMessage[]): Promise<void>
}

export const MailThread = abstractModel<MailThread>()(
  'mail.thread',
  MailThreadFields,
  (Base) =>
    class extends Base {
      /**
       * Posts a message on the one record of the set and tells its followers in the message's subtype, and the named
       * recipients. Text is escaped unless `body_is_html`; without a subtype it is a note.
       * @throws MESSAGE_OF_ONE_RECORD, ACCESS_MODEL, ACCESS_RULE
       */
      async message_post(message: MessagePost): Promise<Recs<'mail.message'>> {
        await this.check_access(this._mail_post_access())
        return post(asThread(this), message)
      }

      /** Tells the named people alone, about the record of the set or about none; the thread does not show it. */
      async message_notify(message: MessageNotify): Promise<Recs<'mail.message'>> {
        // about no record, people inside tell each other
        if (this.length === 0) await this.env['mail.followers'].check_access('read')
        else await this.check_access('read')
        return notifyPeople(asThread(this), message)
      }

      /** Leaves an internal note on each record, of which nobody is told. */
      async message_log(note: MessageLog): Promise<Recs<'mail.message'>> {
        await this.check_access(this._mail_post_access())
        const author = await authorOf(this.env, note.author_id ?? null, note.email_from ?? null)
        const body = markupOf(note.body, note.body_is_html === true)
        const more = note.subject ? { subject: note.subject } : {}
        return logNotes(
          this.env,
          this.modelName,
          this.ids.map((resId) => ({ resId, body, more })),
          author,
        )
      }

      /**
       * Makes contacts followers of the records; with subtypes, those who follow already follow in these from then on.
       * Whoever may read a record may follow it; to have others follow takes the right to change it.
       */
      async message_subscribe(
        partner_ids: readonly number[] | null,
        subtype_ids: readonly number[] | null = null,
      ): Promise<true> {
        const partners = partner_ids || []
        await this.check_access(this._follow_access(partners))
        const chosen = subtype_ids ? ({ subtypeIds: subtype_ids, existing: 'replace' } as const) : {}
        await addFollowers(this.env, this.modelName, this.ids, partners, chosen)
        return true
      }

      /** Ends the following of contacts. */
      async message_unsubscribe(partner_ids: readonly number[] | null): Promise<true> {
        const partners = partner_ids || []
        await this.check_access(this._follow_access(partners))
        await removeFollowers(this.env, this.modelName, this.ids, partners)
        return true
      }

      async _track_subtype(
        _before: ReadonlyMap<number, ReadonlyMap<string, unknown>>,
      ): Promise<ReadonlyMap<number, string>> {
        return new Map()
      }

      _creation_subtype(): string | null {
        return null
      }

      _creation_message(): string {
        const { description, addons } = this.env.registry.get(this.modelName)
        const name = textIn(this.env, addons[0] ?? 'mail', description)
        return textIn(this.env, 'mail', '{model} created', { model: name })
      }

      /** What one has to be allowed with a record to post on it; a model may ask for less. */
      _mail_post_access(): 'read' | 'write' {
        return 'write'
      }

      /** Whether all messages of a thread hang below its first one; else below the one that they answer. */
      _mail_flat_thread(): boolean {
        return true
      }

      /** Runs after messages were posted and people told of them. */
      async _message_post_after_hook(_messages: Recs<'mail.message'>): Promise<void> {}

      /** Sends mails to those who are told by mail: what transports mail overrides it. */
      async _notify_thread_by_email(_messages: readonly MailedMessage[]): Promise<void> {}

      _follow_access(partners: readonly number[]): 'read' | 'write' {
        return partners.every((id) => id === this.env.user.partnerId) ? 'read' : 'write'
      }
    },
  { description: 'Email Thread' },
)

const ids = { anyOf: [{ type: 'array', items: { type: 'integer' } }, { enum: [false, null] }], default: null }
const text = { anyOf: [{ type: 'string' }, { enum: [false, null] }], default: null }
const id = { anyOf: [{ type: 'integer' }, { enum: [false, null] }], default: null }
const flag = { type: ['boolean', 'null'], default: null }
const files = {
  anyOf: [
    { type: 'array', items: { type: 'array', items: [{ type: 'string' }, { type: 'string' }], minItems: 2 } },
    { enum: [false, null] },
  ],
  default: null,
}

const content = {
  body: text,
  body_is_html: flag,
  subject: text,
  subtype_xmlid: text,
  subtype_id: id,
  partner_ids: ids,
  attachments: files,
  attachment_ids: ids,
  author_id: id,
  email_from: text,
  record_name: text,
  reply_to: text,
  reply_to_force_new: flag,
  message_id: text,
  email_layout_xmlid: text,
  email_add_signature: flag,
}

MailThread.def
  .callable('message_post', { named: true, params: { ...content, message_type: text, parent_id: id } })
  .callable('message_notify', { named: true, params: { ...content, model: text, res_id: id } })
  .callable('message_log', {
    named: true,
    params: { body: text, body_is_html: flag, subject: text, author_id: id, email_from: text },
  })
  .callable('message_subscribe', { params: { partner_ids: ids, subtype_ids: ids } })
  .callable('message_unsubscribe', { params: { partner_ids: ids } })

declare module '#core' {
  interface Models {
    'mail.thread': { fields: MailThreadFields; records: RecordSet<'mail.thread'> & MailThread }
  }
}
