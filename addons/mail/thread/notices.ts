import { escapeHtml, type Env } from '#core'
import { subtypeId } from '../models/mail_message_subtype.ts'
import { authorOf } from './author.ts'
import { createMessages } from './messages.ts'
import { notifyOf } from './notify.ts'
import { threadSet } from './thread-set.ts'

/** Something that people are told about a record; the thread does not show it. */
export interface Notice {
  readonly resId: number
  readonly partnerIds: readonly number[]
  readonly subject: string
  /** Text. */
  readonly body: string
  readonly recordName: string
}

/** Tells people of records of one model, all at once. Without a thread there is nobody to tell. */
export async function sendNotices(env: Env, modelName: string, notices: readonly Notice[]): Promise<void> {
  const thread = threadSet(env, modelName, [])
  const wanted = notices.filter(({ partnerIds }) => partnerIds.length > 0)
  if (!thread || wanted.length === 0) return
  const author = await authorOf(env, null, null)
  const subtype_id = await subtypeId(env, 'mail.mt_note')
  const messages = await createMessages(
    env,
    wanted.map((one) => ({
      model: modelName,
      res_id: one.resId,
      record_name: one.recordName,
      subject: one.subject,
      body: `<p>${escapeHtml(one.body)}</p>`,
      message_type: 'user_notification',
      subtype_id,
      is_internal: true,
      author_id: author.authorId,
      email_from: author.emailFrom,
      partner_ids: [{ set: one.partnerIds }],
    })),
  )
  await notifyOf(thread, messages.ids, { recipientsOnly: true })
}
