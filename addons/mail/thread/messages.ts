import type { Env, Recs, Values } from '#core'
import { subtypeId } from '../models/mail_message_subtype.ts'

/** The values of messages that are written to the history of a record. */
export type MessageValues = Values<'mail.message'>

/**
 * Keeps messages, whatever the rights of who writes them: whether they may was decided before. One statement for all,
 * and a few for what belongs to them.
 */
export async function createMessages(env: Env, values: readonly MessageValues[]): Promise<Recs<'mail.message'>> {
  const messages = env.sudo('the right to post was decided by the record')['mail.message']
  // defaults in the context are those of the record, not of its messages
  return messages
    .browse([])
    .env.with({ onlyContext: contextOf(env) })
    ['mail.message'].create(values)
}

function contextOf(env: Env): Env['context'] {
  const { lang, tz, allowed_company_ids } = env.context
  return {
    ...(lang === undefined ? {} : { lang }),
    ...(tz === undefined ? {} : { tz }),
    ...(allowed_company_ids === undefined ? {} : { allowed_company_ids }),
  }
}

/** Internal notes that tell nobody: record -> markup. One message for each, all kept at once. */
export async function logNotes(
  env: Env,
  modelName: string,
  notes: readonly { readonly resId: number; readonly body: string; readonly more?: MessageValues }[],
  author: { readonly authorId: number | null; readonly emailFrom: string | null },
): Promise<Recs<'mail.message'>> {
  const subtype_id = await subtypeId(env, 'mail.mt_note')
  return createMessages(
    env,
    notes.map(({ resId, body, more }) => ({
      model: modelName,
      res_id: resId,
      body,
      message_type: 'notification',
      subtype_id,
      is_internal: true,
      author_id: author.authorId,
      email_from: author.emailFrom,
      ...more,
    })),
  )
}
