import { groupBy, type Env } from '#core'
import { subtypeId } from '../models/mail_message_subtype.ts'
import { trackingsOf, type ShownTracking } from './trackings.ts'

/** A contact as a thread shows it. */
export interface ShownPartner {
  readonly id: number
  readonly name: string
}
/** A file as a thread shows it; `/web/content/ID` has its content. */
export interface ShownAttachment {
  readonly id: number
  readonly name: string
  readonly mimetype: string | null
  readonly file_size: number
  readonly url: string | null
}
/** An emoji and who left it. */
export interface ShownReaction {
  readonly content: string
  readonly count: number
  readonly partners: readonly ShownPartner[]
}
/** Whom a message was for, how, and whether it arrived. */
export interface ShownNotification {
  readonly id: number
  readonly notification_type: string | null
  readonly notification_status: string | null
  readonly failure_type: string | null
  readonly partner: ShownPartner | null
}

/** A message as a thread shows it. */
export interface ShownMessage {
  readonly id: number
  readonly body: string | null
  readonly subject: string | null
  readonly date: Date | null
  readonly message_type: string | null
  readonly subtype_id: readonly [number, string] | null
  /** What stands above the message: the description of its subtype. */
  readonly subtype_description: string | null
  readonly is_note: boolean
  readonly is_discussion: boolean
  readonly is_internal: boolean
  readonly author: ShownPartner | null
  readonly email_from: string | null
  readonly model: string | null
  readonly res_id: number | null
  readonly record_name: string | null
  readonly parent_id: number | null
  readonly attachments: readonly ShownAttachment[]
  readonly trackings: readonly ShownTracking[]
  readonly reactions: readonly ShownReaction[]
  readonly notifications: readonly ShownNotification[]
  readonly recipients: readonly ShownPartner[]
  readonly needaction: boolean
  readonly starred: boolean
  readonly is_author: boolean
  readonly activity_type: string | null
}

const PATHS = [
  'body',
  'subject',
  'date',
  'message_type',
  'subtype_id.name',
  'subtype_id.description',
  'is_internal',
  'author_id.display_name',
  'email_from',
  'model',
  'res_id',
  'record_name',
  'parent_id',
  'needaction',
  'starred',
  'mail_activity_type_id.name',
  'attachment_ids.name',
  'attachment_ids.mimetype',
  'attachment_ids.file_size',
  'attachment_ids.url',
  'partner_ids.display_name',
  'reaction_ids.content',
  'reaction_ids.partner_id.display_name',
  'notification_ids.notification_type',
  'notification_ids.notification_status',
  'notification_ids.failure_type',
  'notification_ids.res_partner_id.display_name',
] as const

const partner = (one: { readonly id: number; readonly display_name: string }): ShownPartner => ({
  id: one.id,
  name: one.display_name,
})

/**
 * Messages with all that a thread shows of them, in the order of the ids: a number of queries that does not grow with
 * them. Whether the user may read them was checked; who may read a message sees who wrote it and what hangs on it.
 */
export async function formatMessages(env: Env, ids: readonly number[]): Promise<ShownMessage[]> {
  if (ids.length === 0) return []
  const [note, comment] = [await subtypeId(env, 'mail.mt_note'), await subtypeId(env, 'mail.mt_comment')]
  const messages = await env.sudo('the right to read the messages was checked')['mail.message'].browse(ids).load(PATHS)
  const trackings = await trackingsOf(env, new Map(messages.map((one) => [one.id, one.model])))
  const isInternal = env.su || env.user.groups.has('base.group_user')
  return messages.map((one) => ({
    id: one.id,
    body: one.body,
    subject: one.subject,
    date: one.date,
    message_type: one.message_type,
    subtype_id: one.subtype_id && [one.subtype_id.id, one.subtype_id.name],
    subtype_description: one.subtype_id?.description ?? null,
    is_note: one.subtype_id?.id === note,
    is_discussion: one.subtype_id?.id === comment,
    is_internal: one.is_internal,
    author: one.author_id && partner(one.author_id),
    email_from: one.email_from,
    model: one.model,
    res_id: one.res_id,
    record_name: one.record_name,
    parent_id: one.parent_id?.id ?? null,
    attachments: one.attachment_ids.map(({ id, name, mimetype, file_size, url }) => ({
      id,
      name,
      mimetype,
      file_size,
      url,
    })),
    trackings: trackings.get(one.id) ?? [],
    reactions: [...groupBy(one.reaction_ids, ({ content }) => content)].map(([content, list]) => ({
      content,
      count: list.length,
      partners: list.map(({ partner_id }) => partner(partner_id)),
    })),
    notifications: isInternal
      ? one.notification_ids.map((told) => ({
          id: told.id,
          notification_type: told.notification_type,
          notification_status: told.notification_status,
          failure_type: told.failure_type,
          partner: told.res_partner_id && partner(told.res_partner_id),
        }))
      : [],
    recipients: one.partner_ids.map(partner),
    needaction: one.needaction,
    starred: one.starred,
    is_author: one.author_id?.id === env.user.partnerId,
    activity_type: one.mail_activity_type_id?.name ?? null,
  }))
}
