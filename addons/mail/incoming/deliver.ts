import { escapeHtml, isActiveMimetype, type Env } from '#core'
import { threadSet } from '../thread/thread-set.ts'
import type { MessageDict } from '../models/mail_thread_gateway.ts'
import { MAIL_UNROUTABLE } from './errors.ts'
import type { IncomingFile, IncomingMail } from './parse.ts'
import type { Sender } from './receive.ts'
import type { MailRoute } from './route.ts'

/** The message that a mail became, and its record. */
export interface Delivered {
  readonly model: string
  readonly resId: number
  readonly messageId: number | null
  readonly isNew: boolean
}

/** Makes a mail a message of a record, which is made for it if need be. */
export async function deliverTo(env: Env, route: MailRoute, mail: IncomingMail, sender: Sender): Promise<Delivered> {
  const thread = threadSet(env, route.model, route.resId === null ? [] : [route.resId])
  if (!thread) throw new MAIL_UNROUTABLE(mail.recipients)
  const message: MessageDict = {
    message_id: mail.messageId,
    subject: mail.subject,
    email_from: sender.from,
    author_id: sender.partnerId,
    body: bodyOf(mail),
    recipients: mail.recipients,
    date: mail.date,
    parent_id: route.parentId,
    message_type: 'email',
  }
  const isNew = route.resId === null
  const maker = isNew ? thread.withContext({ mail_create_nolog: true, mail_create_nosubscribe: true }) : thread
  const resId = route.resId ?? (await maker.message_new(message, route.values))
  const records = thread.browse([resId])
  const own = threadSet(env, route.model, records.ids) ?? thread
  if (!isNew) await own.message_update(message, {})
  const files = await keepFiles(env, mail.files, route.model, resId)
  const isNote = route.answersNote && sender.userId !== null
  const posted = await own.message_post({
    body: withPictures(message.body, files),
    body_is_html: true,
    subject: mail.subject || null,
    message_type: 'email',
    subtype_xmlid: isNote ? 'mail.mt_note' : 'mail.mt_comment',
    author_id: sender.partnerId,
    email_from: sender.from || null,
    message_id: mail.messageId,
    parent_id: route.parentId,
    attachment_ids: files.map(({ id }) => id),
  })
  return { model: route.model, resId, messageId: posted.ids[0] ?? null, isNew }
}

function bodyOf({ html, text }: IncomingMail): string {
  if (html !== null) return html
  return text ? `<p>${escapeHtml(text).replace(/\r?\n/g, '<br>')}</p>` : ''
}

interface KeptFile {
  readonly id: number
  readonly cid: string | null
}

/** Keeps the files of strangers: what a browser would run is kept as mere bytes. */
async function keepFiles(env: Env, files: readonly IncomingFile[], model: string, resId: number): Promise<KeptFile[]> {
  if (files.length === 0) return []
  const made = await env['ir.attachment'].create(
    files.map(({ name, content, mimetype }) => ({
      name,
      raw: content,
      mimetype: isActiveMimetype(mimetype) ? 'application/octet-stream' : mimetype,
      res_model: model,
      res_id: resId,
    })),
  )
  return files.map(({ cid }, i) => ({ id: made.ids[i] ?? 0, cid }))
}

/** Has pictures inside of the text come from their attachments. */
function withPictures(body: string, files: readonly KeptFile[]): string {
  return body.replace(/(\bsrc=["']?)cid:([^"'\s>]+)/gi, (whole, before: string, cid: string) => {
    const file = files.find((one) => one.cid === cid)
    return file ? `${before}/web/image/${file.id}` : whole
  })
}
