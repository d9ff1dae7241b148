import { type AnyRecordSet } from '#core'
import { MESSAGE_NOT_OWN, MESSAGE_OF_ONE_RECORD } from '../errors.ts'
import { attachTo } from '../thread/attachments.ts'
import {
  defaultRecipients,
  suggestedRecipients,
  type DefaultRecipients,
  type SuggestedRecipient,
} from '../thread/suggested.ts'
import { markupOf } from '../thread/post.ts'
import { threadData, type ThreadData } from '../format/thread.ts'
import { MailThread } from './mail_thread.ts'

/** Which messages of a thread are wanted, and how many. */
export interface ThreadRequest {
  /** At most so many messages; by default 30. */
  readonly limit?: number | null
  /** Only messages older than the one with this id: the next page. */
  readonly before?: number | null
  /** Only messages newer than the one with this id. */
  readonly after?: number | null
  /** Only messages with this in their text, their subject or the name of their author. */
  readonly search_term?: string | null
}

/** What becomes of a message that was posted. */
export interface MessageChange {
  readonly message_id: number
  /** Text, or markup if `body_is_html` says so; left out, it stays. An empty one empties the message. */
  readonly body?: string | null
  readonly body_is_html?: boolean | null
  readonly attachment_ids?: readonly number[] | null
}

declare module './mail_thread.ts' {
  interface MailThread {
    mail_thread_data(
      request?: ThreadRequest,
    ): Promise<ThreadData & { readonly suggestedRecipients: readonly SuggestedRecipient[] }>
    message_get_suggested_recipients(): Promise<readonly SuggestedRecipient[]>
    message_update_content(change: MessageChange): Promise<true>
    _message_get_default_recipients(): Promise<ReadonlyMap<number, DefaultRecipients>>
  }
}

/** Messages of a page unless told otherwise. */
const PAGE = 30

/** What a page shows of a thread, and what a person does there with what was posted. */
export const MailThreadData = MailThread.def.extend(
  Object,
  (Base) =>
    class extends Base {
      /**
       * All that a page shows beside the one record of the set: messages with authors, files, changes and reactions,
       * followers, activities, files, and whom a new message might be for. A number of queries that does not grow with
       * what there is.
       */
      async mail_thread_data(
        request: ThreadRequest = {},
      ): Promise<ThreadData & { readonly suggestedRecipients: readonly SuggestedRecipient[] }> {
        const [id, ...others] = this.ids
        if (id === undefined || others.length > 0) throw new MESSAGE_OF_ONE_RECORD(this.modelName, this.length)
        const [record] = await this.load(['display_name'])
        const { limit, before, after, search_term } = request
        const data = await threadData(
          this.env,
          { model: this.modelName, id, name: record?.display_name ?? '', postAccess: this._mail_post_access() },
          { limit: limit ?? PAGE, before: before ?? null, after: after ?? null, search: search_term?.trim() || null },
        )
        return { ...data, suggestedRecipients: await this.message_get_suggested_recipients() }
      }

      /** Whom a message on the one record of the set might be for, beside those who follow it. */
      async message_get_suggested_recipients(): Promise<readonly SuggestedRecipient[]> {
        await this.check_access('read')
        const isInternal = this.env.su || this.env.user.groups.has('base.group_user')
        if (!isInternal) return []
        return suggestedRecipients(this.env, this.modelName, this.ids, await this._message_get_default_recipients())
      }

      /**
       * Changes what a person posted on the one record of the set; an emptied message stays as an empty one. An empty
       * list of files deletes those that it had.
       * @throws MESSAGE_NOT_OWN when somebody else wrote it, or no person
       */
      async message_update_content(change: MessageChange): Promise<true> {
        await this.check_access('read')
        const messages = this.env.sudo('whose message it is, is held against the user')['mail.message']
        const own = await messages.search([
          ['id', '=', change.message_id],
          ['model', '=', this.modelName],
          ['res_id', 'in', this.ids],
          ['message_type', '=', 'comment'],
        ])
        const [message] = await own.load(['author_id', 'attachment_ids'])
        const isAdmin = this.env.su || this.env.user.groups.has('base.group_system')
        if (!message || (message.author_id?.id !== this.env.user.partnerId && !isAdmin)) {
          throw new MESSAGE_NOT_OWN(change.message_id)
        }
        const place = { model: this.modelName, resId: this.ids[0] ?? null }
        const files = change.attachment_ids ? await attachTo(this.env, place, [], change.attachment_ids) : undefined
        const body =
          change.body === undefined || change.body === null
            ? undefined
            : markupOf(change.body, change.body_is_html === true)
        await own.write({
          ...(body === undefined ? {} : { body: body && `${body}<span class="o-mail-Message-edited"></span>` }),
          ...(files === undefined ? {} : { attachment_ids: [{ set: files }] }),
        })
        // files that a message is emptied of hang on the record for its sake alone
        if (files?.length === 0) await messages.env['ir.attachment'].browse(message.attachment_ids.ids).unlink()
        return true
      }

      /** Whom mails about the records are for unless told otherwise: the contact or the address that they name. */
      async _message_get_default_recipients(): Promise<ReadonlyMap<number, DefaultRecipients>> {
        const records: AnyRecordSet = this.env.model(this.modelName, this.ids)
        return defaultRecipients(records)
      }
    },
)

const id = { anyOf: [{ type: 'integer' }, { enum: [false, null] }], default: null }

MailThreadData.callable('mail_thread_data', {
  named: true,
  readonly: true,
  params: {
    limit: { anyOf: [{ type: 'integer', minimum: 1, maximum: 1000 }, { enum: [false, null] }], default: null },
    before: id,
    after: id,
    search_term: { anyOf: [{ type: 'string', maxLength: 200 }, { enum: [false, null] }], default: null },
  },
})
  .callable('message_get_suggested_recipients', { readonly: true })
  .callable('message_update_content', {
    named: true,
    params: {
      message_id: { type: 'integer' },
      body: { anyOf: [{ type: 'string' }, { type: 'null' }], default: null },
      body_is_html: { type: ['boolean', 'null'], default: null },
      attachment_ids: {
        anyOf: [{ type: 'array', items: { type: 'integer' } }, { enum: [false, null] }],
        default: null,
      },
    },
  })
