import type { Env } from '#core'
import { MAIL_SENDER_REFUSED, MAIL_UNROUTABLE } from './errors.ts'
import { defaultsOf } from '../models/mail_alias.ts'
import { hasThreads } from '../thread/thread-set.ts'
import type { IncomingMail } from './parse.ts'

/** Where a mail goes: to a record that is there, or to a new one of a model. */
export interface MailRoute {
  readonly model: string
  /** `null` for a new record. */
  readonly resId: number | null
  /** Values for a new record. */
  readonly values: Readonly<Record<string, unknown>>
  /** The message that it answers. */
  readonly parentId: number | null
  /** Whether it answers a note, which people outside do not see. */
  readonly answersNote: boolean
}

/** What a caller may say about mails that no alias takes. */
export interface Fallback {
  readonly model: string | null
  readonly resId: number | null
  readonly values: Readonly<Record<string, unknown>>
}

interface Alias {
  readonly address: string
  readonly model: string
  readonly route: MailRoute
  readonly contact: string
  /** The record whose followers may write, as model and id. */
  readonly followed: readonly [model: string, id: number] | null
}

/**
 * Where a mail goes: the thread of the message that it answers, else the aliases that it is for, else the fallback. An
 * answer that is for an alias of another model was forwarded there, and makes a record.
 * @param author the contact of the sender
 * @throws MAIL_UNROUTABLE, MAIL_SENDER_REFUSED
 */
export async function routesOf(
  env: Env,
  mail: IncomingMail,
  author: number | null,
  fallback: Fallback,
): Promise<readonly MailRoute[]> {
  const aliases = await aliasesOf(env, mail.recipients)
  const answered = await answeredThread(env, mail.answers)
  if (answered && (aliases.length === 0 || aliases.some(({ model }) => model === answered.model))) return [answered]
  if (aliases.length > 0) {
    for (const alias of aliases) {
      if (!(await mayWrite(env, alias, author))) throw new MAIL_SENDER_REFUSED(mail.fromAddress, alias.address)
    }
    return aliases.map(({ route }) => route)
  }
  const { model, resId, values } = fallback
  if (model !== null && hasThreads(env, model)) return [{ ...TO_NEW, model, resId, values }]
  throw new MAIL_UNROUTABLE(mail.recipients)
}

const TO_NEW = { parentId: null, answersNote: false } as const

/** The record whose thread holds the nearest of the messages, if it is still there. */
async function answeredThread(env: Env, messageIds: readonly string[]): Promise<MailRoute | undefined> {
  if (messageIds.length === 0) return undefined
  const found = await (
    await env['mail.message'].search([
      ['message_id', 'in', messageIds],
      ['model', '!=', null],
      ['res_id', '!=', null],
      ['reply_to_force_new', '=', false],
    ])
  ).load(['message_id', 'model', 'res_id', 'is_internal', 'subtype_id.internal'])
  const nearest = messageIds.flatMap((id) => found.find(({ message_id }) => message_id === id) ?? [])[0]
  if (!nearest?.model || !nearest.res_id || !hasThreads(env, nearest.model)) return undefined
  if ((await env.model(nearest.model, [nearest.res_id]).exists()).length === 0) return undefined
  return {
    model: nearest.model,
    resId: nearest.res_id,
    values: {},
    parentId: nearest.id,
    answersNote: nearest.is_internal || nearest.subtype_id?.internal === true,
  }
}

async function aliasesOf(env: Env, recipients: readonly string[]): Promise<readonly Alias[]> {
  if (recipients.length === 0) return []
  const found = await env['mail.alias'].search([
    ['alias_name', '!=', null],
    '|',
    ['alias_full_name', 'in', recipients],
    '&',
    ['alias_incoming_local', '=', true],
    ['alias_name', 'in', recipients.map((address) => address.slice(0, address.indexOf('@')))],
  ])
  const aliases = await found.load([
    'alias_full_name',
    'alias_model_id.model',
    'alias_defaults',
    'alias_force_thread_id',
    'alias_contact',
    'alias_parent_model_id.model',
    'alias_parent_thread_id',
  ])
  return aliases
    .filter((one) => hasThreads(env, one.alias_model_id.model))
    .map((one) => {
      const { model } = one.alias_model_id
      const forced = one.alias_force_thread_id || null
      const parent = one.alias_parent_model_id?.model
      return {
        address: one.alias_full_name ?? '',
        model,
        route: { ...TO_NEW, model, resId: forced, values: defaultsOf(one.alias_defaults) ?? {} },
        contact: one.alias_contact ?? 'followers',
        followed:
          forced !== null
            ? [model, forced]
            : parent && one.alias_parent_thread_id
              ? [parent, one.alias_parent_thread_id]
              : null,
      }
    })
}

async function mayWrite(env: Env, { contact, followed }: Alias, author: number | null): Promise<boolean> {
  if (contact === 'everyone') return true
  if (author === null) return false
  if (contact === 'partners') return true
  if (followed === null) return false
  const [model, id] = followed
  const count = await env['mail.followers'].search_count([
    ['res_model', '=', model],
    ['res_id', '=', id],
    ['partner_id', '=', author],
  ])
  return count > 0
}
