import type { Env } from '#core'
import { recipientsOf, type Recipient } from './recipients.ts'
import type { ThreadSet } from './thread-set.ts'

/** A message and those who are told of it by mail: what sends mail gets. */
export interface MailedMessage {
  readonly messageId: number
  readonly recipients: readonly Recipient[]
}

/** How people are told. */
export interface NotifyOptions {
  /** Contacts who are not told although they follow; by default the author. */
  readonly except?: readonly number[]
  /** Whether the named recipients alone are told, not the followers. */
  readonly recipientsOnly?: boolean
}

/**
 * Tells followers and recipients of messages: a notification for each, in the inbox or by mail as each prefers. All
 * messages at once. Answers who is told of which message.
 * @param thread records of the model that the messages are about; it may be empty
 */
export async function notifyOf(
  thread: ThreadSet,
  messageIds: readonly number[],
  options: NotifyOptions = {},
): Promise<ReadonlyMap<number, readonly Recipient[]>> {
  const { env } = thread
  const messages = await env
    .sudo('people are told of what was posted')
    ['mail.message'].browse(messageIds)
    .load(['model', 'res_id', 'subtype_id', 'partner_ids', 'author_id'])
  const told = await recipientsOf(
    env,
    messages.map((one) => ({
      id: one.id,
      model: one.model,
      resId: one.res_id,
      subtypeId: one.subtype_id?.id ?? null,
      partnerIds: one.partner_ids.ids,
      except: env.context.mail_notify_author
        ? []
        : [...(options.except ?? []), ...(one.author_id ? [one.author_id.id] : [])],
      toFollowers: options.recipientsOnly !== true,
    })),
  )
  await keepNotifications(env, new Map(messages.map((one) => [one.id, one.author_id?.id ?? null])), told)
  const mailed = [...told].map(([messageId, recipients]) => ({
    messageId,
    recipients: recipients.filter(({ by }) => by === 'email'),
  }))
  const sent = mailed.filter(({ recipients }) => recipients.length > 0)
  if (sent.length > 0) await thread._notify_thread_by_email(sent)
  return told
}

async function keepNotifications(
  env: Env,
  authors: ReadonlyMap<number, number | null>,
  told: ReadonlyMap<number, readonly Recipient[]>,
): Promise<void> {
  const rows = [...told].flatMap(([messageId, recipients]) =>
    recipients.map(({ partnerId, by }) => ({
      mail_message_id: messageId,
      res_partner_id: partnerId,
      author_id: authors.get(messageId) ?? null,
      notification_type: by,
      // in the inbox it is there at once; a mail is on its way, and read elsewhere
      notification_status: by === 'inbox' ? ('sent' as const) : ('ready' as const),
      is_read: by === 'email',
    })),
  )
  if (rows.length > 0) await env.sudo('people are told of what was posted')['mail.notification'].create(rows)
}
