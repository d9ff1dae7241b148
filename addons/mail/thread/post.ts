import { escapeHtml, type Recs } from '#core'
import { MESSAGE_OF_ONE_RECORD } from '../errors.ts'
import type { MailMessageTypes } from '../models/mail_message.ts'
import { subtypeId } from '../models/mail_message_subtype.ts'
import { attachTo, type NamedFile } from './attachments.ts'
import { authorOf } from './author.ts'
import { addFollowers } from './followers.ts'
import { createMessages, type MessageValues } from './messages.ts'
import { notifyOf } from './notify.ts'
import type { ThreadSet } from './thread-set.ts'

/** What a message says, and how; what is left out, or `null`, has a default. */
export interface MessageContent {
  /** Text, or markup if `body_is_html` says so. */
  readonly body?: string | null
  readonly body_is_html?: boolean | null
  readonly subject?: string | null
  /** External id of the subtype: `mail.mt_comment`; by default it is a note. */
  readonly subtype_xmlid?: string | null
  readonly subtype_id?: number | null
  /** Contacts who are told whether they follow or not. */
  readonly partner_ids?: readonly number[] | null
  readonly attachments?: readonly NamedFile[] | null
  readonly attachment_ids?: readonly number[] | null
  readonly author_id?: number | null
  readonly email_from?: string | null
  readonly record_name?: string | null
  readonly reply_to?: string | null
  readonly reply_to_force_new?: boolean | null
  readonly message_id?: string | null
  readonly email_layout_xmlid?: string | null
  readonly email_add_signature?: boolean | null
}

/** What `message_post` takes. */
export interface MessagePost extends MessageContent {
  /** `comment`: a person writes; `notification` (by default): the system tells of something. */
  readonly message_type?: keyof MailMessageTypes | null
  /** The message that this one answers. */
  readonly parent_id?: number | null
}

/** What `message_notify` takes: a message to the named people alone, which is not part of the thread. */
export interface MessageNotify extends MessageContent {
  /** The record that it is about, where that is not the one of the set. */
  readonly model?: string | null
  readonly res_id?: number | null
}

/** Posts on the one record of the set. The right to was checked. */
export async function post(thread: ThreadSet, message: MessagePost): Promise<Recs<'mail.message'>> {
  const { env } = thread
  const [resId, ...others] = thread.ids
  if (resId === undefined || others.length > 0) throw new MESSAGE_OF_ONE_RECORD(thread.modelName, thread.length)
  const type = message.message_type ?? 'notification'
  await followByPosting(thread, type, message)
  const values = await contentOf(thread, message, { model: thread.modelName, resId })
  const posted = await createMessages(env, [
    {
      ...values,
      message_type: type,
      model: thread.modelName,
      res_id: resId,
      record_name: message.record_name ?? (await nameOf(thread, resId)),
      parent_id: await parentOf(thread, resId, message.parent_id ?? null),
    },
  ])
  await notifyOf(thread, posted.ids)
  await thread._message_post_after_hook(posted)
  return posted
}

/** Tells people of something, about a record or about none. The right to was checked. */
export async function notifyPeople(thread: ThreadSet, message: MessageNotify): Promise<Recs<'mail.message'>> {
  const place = {
    model: message.model ?? (thread.length > 0 ? thread.modelName : null),
    resId: message.res_id ?? thread.ids[0] ?? null,
  }
  const values = await contentOf(thread, message, place)
  const sent = await createMessages(thread.env, [
    {
      ...values,
      message_type: 'user_notification',
      model: place.model,
      res_id: place.resId,
      record_name: message.record_name ?? null,
      is_internal: true,
    },
  ])
  await notifyOf(thread, sent.ids, { recipientsOnly: true })
  return sent
}

/** What a person said is text unless told otherwise. */
export function markupOf(body: string | null | undefined, isHtml: boolean): string {
  if (!body) return ''
  if (!isHtml) return `<p>${escapeHtml(body).replace(/\r?\n/g, '<br>')}</p>`
  // without any tag it would be taken for text, and its entities escaped again
  return /<\/?[a-z!]/i.test(body) ? body : `<p>${body}</p>`
}

async function contentOf(
  thread: ThreadSet,
  message: MessageContent,
  place: { readonly model: string | null; readonly resId: number | null },
): Promise<MessageValues> {
  const { env } = thread
  const author = await authorOf(env, message.author_id ?? null, message.email_from ?? null)
  const files = await attachTo(env, place, message.attachments ?? [], message.attachment_ids ?? [])
  const named = message.subtype_xmlid ? await subtypeId(env, message.subtype_xmlid) : null
  return {
    body: markupOf(message.body, message.body_is_html === true),
    subject: message.subject ?? null,
    subtype_id: named ?? message.subtype_id ?? (await subtypeId(env, 'mail.mt_note')),
    partner_ids: [{ set: [...new Set(message.partner_ids ?? [])] }],
    attachment_ids: [{ set: files }],
    author_id: author.authorId,
    email_from: author.emailFrom,
    ...(message.reply_to ? { reply_to: message.reply_to } : {}),
    ...(message.reply_to_force_new ? { reply_to_force_new: true } : {}),
    ...(message.message_id ? { message_id: message.message_id } : {}),
    ...(message.email_layout_xmlid ? { email_layout_xmlid: message.email_layout_xmlid } : {}),
    ...(message.email_add_signature === false ? { email_add_signature: false } : {}),
  }
}

/** Whoever writes on a record follows it from then on, and so do the recipients if the context says so. */
async function followByPosting(thread: ThreadSet, type: keyof MailMessageTypes, message: MessagePost): Promise<void> {
  const { env } = thread
  const { mail_create_nosubscribe, mail_post_autofollow } = env.context
  const partners = mail_post_autofollow ? [...(message.partner_ids ?? [])] : []
  if (!mail_create_nosubscribe && type !== 'notification') {
    const author = env.user.active ? env.user.partnerId : message.author_id
    if (author) partners.push(author)
  }
  await addFollowers(env, thread.modelName, thread.ids, partners)
}

async function nameOf(thread: ThreadSet, resId: number): Promise<string> {
  const records = thread.sudo('a message shows the name of its record').browse([resId])
  const [record] = await records.load(['display_name'])
  return record?.display_name ?? ''
}

/**
 * The message that a new one hangs below: in flat threads the first one of the thread, else the one that it answers.
 * What it answers has to be of the same record.
 */
async function parentOf(thread: ThreadSet, resId: number, answered: number | null): Promise<number | null> {
  const messages = thread.env.sudo('a message hangs below another of its thread')['mail.message']
  const isFlat = thread._mail_flat_thread()
  if (answered === null && !isFlat) return null
  const found = await messages.search(
    [
      ['model', '=', thread.modelName],
      ['res_id', '=', resId],
      ['message_type', '!=', 'user_notification'],
      ...(isFlat || answered === null ? [] : [['id', '=', answered] as const]),
    ],
    { order: 'id', limit: 1 },
  )
  return found.ids[0] ?? null
}
