import { escapeHtml, groupBy, textIn, type Env, type Values } from '#core'
import type { MailedMessage } from '../thread/notify.ts'
import type { Recipient } from '../thread/recipients.ts'
import { threadSet } from '../thread/thread-set.ts'

/** A message as those who are told of it by mail get it. */
interface ToldMessage {
  readonly id: number
  readonly subject: string | null
  readonly body: string | null
  readonly record_name: string | null
  readonly model: string | null
  readonly res_id: number | null
  readonly message_type: string | null
  readonly email_add_signature: boolean
  readonly signature: string | null
  readonly references: string
}

/** What all mails of one round share. */
interface Frame {
  readonly baseUrl: string
  readonly company: string
}

/** Kinds of messages that no person wrote: programs that answer mails leave them alone. */
const AUTOMATIC = new Set(['notification', 'user_notification', 'auto_comment'])

/**
 * Makes the mails that tell people of messages: one per message, language and kind of reader, all created at once; the
 * queue sends them when the call is committed.
 */
export async function mailMessages(caller: Env, messages: readonly MailedMessage[]): Promise<void> {
  const env = caller.sudo('mails go out whoever writes the message')
  const told = await toldMessages(
    env,
    messages.map(({ messageId }) => messageId),
  )
  await addressReplies(env, told)
  const frame = await frameOf(env)
  const parts = messages.flatMap(({ messageId, recipients }) =>
    [...groupBy(recipients, readerOf).values()].map((readers) => ({ message: told.get(messageId), readers })),
  )
  const wanted = parts.flatMap(({ message, readers }) => (message ? [{ message, readers }] : []))
  const mails = await env['mail.mail'].create(
    wanted.map(({ message, readers }) => mailOf(env, message, readers, frame)),
  )
  await linkNotifications(
    env,
    new Map(
      wanted.flatMap(({ message, readers }, i) =>
        readers.map(({ partnerId }) => [`${message.id} ${partnerId}`, mails.ids[i] ?? 0] as const),
      ),
    ),
    [...told.keys()],
  )
}

/** Has the notifications of messages know their mails: message and contact -> mail. */
async function linkNotifications(
  env: Env,
  mailOf: ReadonlyMap<string, number>,
  messageIds: readonly number[],
): Promise<void> {
  const all = await env['mail.notification'].search([
    ['mail_message_id', 'in', messageIds],
    ['notification_type', '=', 'email'],
  ])
  const known = (await all.load(['mail_message_id', 'res_partner_id'])).map((one) => ({
    id: one.id,
    mail: mailOf.get(`${one.mail_message_id.id} ${one.res_partner_id?.id ?? 0}`) ?? null,
  }))
  for (const [mail, notifications] of groupBy(known, ({ mail }) => mail)) {
    if (mail === null) continue
    await env['mail.notification'].browse(notifications.map(({ id }) => id)).write({ mail_mail_id: mail })
  }
}

function readerOf({ lang, isShared }: Recipient): string {
  return `${lang ?? ''} ${isShared}`
}

async function toldMessages(env: Env, ids: readonly number[]): Promise<Map<number, ToldMessage>> {
  const messages = await env['mail.message']
    .browse(ids)
    .load([
      'subject',
      'body',
      'record_name',
      'model',
      'res_id',
      'message_type',
      'email_add_signature',
      'author_id.user_ids.signature',
      'parent_id.message_id',
    ])
  return new Map(
    messages.map((one) => [
      one.id,
      {
        id: one.id,
        subject: one.subject,
        body: one.body,
        record_name: one.record_name,
        model: one.model,
        res_id: one.res_id,
        message_type: one.message_type,
        email_add_signature: one.email_add_signature,
        signature: one.author_id?.user_ids[0]?.signature ?? null,
        references: one.parent_id?.message_id ?? '',
      },
    ]),
  )
}

/** Has answers to the messages come back to their records, where the messages do not say otherwise. */
async function addressReplies(env: Env, told: ReadonlyMap<number, ToldMessage>): Promise<void> {
  const open = await env['mail.message'].search([
    ['id', 'in', [...told.keys()]],
    ['reply_to', '=', null],
    ['model', '!=', null],
  ])
  const messages = open.ids.flatMap((id) => told.get(id) ?? [])
  for (const [model, ofModel] of groupBy(messages, (one) => one.model ?? '')) {
    const resIds = new Set(ofModel.flatMap(({ res_id }) => res_id ?? []))
    const addresses = await threadSet(env, model, [...resIds])?._notify_get_reply_to()
    for (const [address, answered] of groupBy(ofModel, ({ res_id }) => addresses?.get(res_id ?? 0) ?? null)) {
      if (address === null) continue
      await env['mail.message'].browse(answered.map(({ id }) => id)).write({ reply_to: address })
    }
  }
}

async function frameOf(env: Env): Promise<Frame> {
  const [company] = await env['res.company'].browse([env.companyId]).load(['name'])
  return { baseUrl: (await env['ir.config_parameter'].get('web.base.url')) ?? '', company: company?.name ?? '' }
}

function mailOf(env: Env, message: ToldMessage, readers: readonly Recipient[], frame: Frame): Values<'mail.mail'> {
  const [reader] = readers
  const inLanguage = env.with({ context: { lang: reader?.lang ?? null } })
  const subject = message.subject || message.record_name || ''
  const headers: Record<string, string> = {
    ...(message.model && message.res_id ? { 'X-Odoo-Objects': `${message.model}-${message.res_id}` } : {}),
    ...(AUTOMATIC.has(message.message_type ?? '') ? { 'Auto-Submitted': 'auto-generated' } : {}),
  }
  return {
    mail_message_id: message.id,
    is_notification: true,
    auto_delete: true,
    ...(message.subject ? {} : { subject }),
    body_html: bodyOf(inLanguage, message, frame, reader?.isShared !== false),
    recipient_ids: [{ set: readers.map(({ partnerId }) => partnerId) }],
    references: message.references,
    headers: JSON.stringify(headers),
  }
}

/** The message, the signature of its author, and where it is from; people who work here get a link to the record. */
function bodyOf(env: Env, message: ToldMessage, frame: Frame, isOutside: boolean): string {
  const signature = message.email_add_signature && message.signature ? `<div>${message.signature}</div>` : ''
  const { model, res_id } = message
  const link =
    model && res_id && !isOutside
      ? `<a href="${escapeHtml(`${frame.baseUrl}/odoo/${model}/${res_id}`)}">${escapeHtml(
          textIn(env, 'mail', 'View {record}', { record: message.record_name ?? model }),
        )}</a>`
      : ''
  const sent = escapeHtml(textIn(env, 'mail', 'Sent by {company}', { company: frame.company }))
  const footer = `<p style="color: #666; font-size: 12px;">${[sent, link].filter((part) => part !== '').join(' · ')}</p>`
  return `<div>${message.body ?? ''}${signature}${footer}</div>`
}
