import { ComptoirError, type Env } from '#core'
import { hasActivities } from '../models/mail_activity_access.ts'
import { formatMessages, type ShownAttachment, type ShownMessage, type ShownPartner } from './messages.ts'

/** A follower as a thread shows it. */
export interface ShownFollower {
  readonly id: number
  readonly partner: ShownPartner
  readonly email: string | null
  readonly is_active: boolean
  /** Ids of the kinds of messages that the follower gets. */
  readonly subtype_ids: readonly number[]
}

/** An activity as a thread shows it. */
export interface ShownActivity {
  readonly id: number
  readonly activity_type_id: readonly [number, string] | null
  readonly icon: string | null
  readonly summary: string | null
  readonly note: string | null
  readonly date_deadline: string
  readonly state: string
  readonly user: ShownPartner
  readonly can_write: boolean
  readonly chaining_type: string | null
  readonly attachments: readonly number[]
}

/** All that a page shows beside a record. */
export interface ThreadData {
  readonly id: number
  readonly model: string
  readonly name: string
  readonly hasWriteAccess: boolean
  readonly canPostOnReadonly: boolean
  /** The newest first. */
  readonly messages: readonly ShownMessage[]
  /** Whether there are older ones than those shown. */
  readonly hasMoreMessages: boolean
  readonly followers: readonly ShownFollower[]
  readonly isFollower: boolean
  readonly activities: readonly ShownActivity[]
  readonly attachments: readonly ShownAttachment[]
}

/** Which page of messages is wanted. */
export interface MessagePage {
  readonly limit: number
  /** Only messages older than this one. */
  readonly before: number | null
  /** Only messages newer than this one. */
  readonly after: number | null
  /** Only messages with this in their text, their subject or the name of their author. */
  readonly search: string | null
}

/** A page of the messages of a record that the user may read, the newest first, and whether there are more. */
export async function threadMessages(
  env: Env,
  modelName: string,
  resId: number,
  { limit, before, after, search }: MessagePage,
): Promise<{ readonly messages: readonly ShownMessage[]; readonly hasMore: boolean }> {
  const found = await env['mail.message']._search(
    [
      ['model', '=', modelName],
      ['res_id', '=', resId],
      ['message_type', '!=', 'user_notification'],
      ...(before === null ? [] : [['id', '<', before]]),
      ...(after === null ? [] : [['id', '>', after]]),
      ...(search === null
        ? []
        : ['|', '|', ['body', 'ilike', search], ['subject', 'ilike', search], ['author_id.name', 'ilike', search]]),
    ],
    { order: 'id desc', limit: limit + 1 },
  )
  return { messages: await formatMessages(env, found.slice(0, limit)), hasMore: found.length > limit }
}

/** All that a page shows beside a record, with a number of queries that does not grow with what there is. */
export async function threadData(
  env: Env,
  record: { readonly model: string; readonly id: number; readonly name: string; readonly postAccess: 'read' | 'write' },
  page: MessagePage,
): Promise<ThreadData> {
  const isInternal = env.su || env.user.groups.has('base.group_user')
  const followers = isInternal ? await followersOf(env, record.model, record.id) : []
  const { messages, hasMore } = await threadMessages(env, record.model, record.id, page)
  return {
    id: record.id,
    model: record.model,
    name: record.name,
    hasWriteAccess: await mayWrite(env, record.model, record.id),
    canPostOnReadonly: record.postAccess === 'read',
    messages,
    hasMoreMessages: hasMore,
    followers,
    isFollower: followers.some((one) => one.partner.id === env.user.partnerId),
    activities:
      isInternal && hasActivities(env.registry.get(record.model))
        ? await activitiesOf(env, record.model, record.id)
        : [],
    // people outside see the files of messages, not all that hang on the record
    attachments: isInternal ? await attachmentsOf(env, record.model, record.id) : [],
  }
}

async function mayWrite(env: Env, modelName: string, id: number): Promise<boolean> {
  try {
    await env.model(modelName, [id]).check_access('write')
    return true
  } catch (error) {
    if (error instanceof ComptoirError && error.exception === 'AccessError') return false
    throw error
  }
}

async function followersOf(env: Env, modelName: string, id: number): Promise<ShownFollower[]> {
  const followers = env.sudo('who may read a record sees who follows it')['mail.followers']
  const found = await followers.search([
    ['res_model', '=', modelName],
    ['res_id', '=', id],
  ])
  const all = await found.load(['partner_id.display_name', 'email', 'is_active', 'subtype_ids'])
  return all.map((one) => ({
    id: one.id,
    partner: { id: one.partner_id.id, name: one.partner_id.display_name },
    email: one.email,
    is_active: one.is_active,
    subtype_ids: one.subtype_ids.ids,
  }))
}

/** The planned activities of a record, the most urgent first. */
async function activitiesOf(env: Env, modelName: string, id: number): Promise<ShownActivity[]> {
  const found = await env['mail.activity'].search([
    ['res_model', '=', modelName],
    ['res_id', '=', id],
  ])
  return formatActivities(env, found.ids)
}

/** Activities with all that a page shows of them, in the order of the ids. Whether the user may read them was checked. */
export async function formatActivities(env: Env, ids: readonly number[]): Promise<ShownActivity[]> {
  const all = await env
    .sudo('the right to read the activities was checked')
    ['mail.activity'].browse(ids)
    .load([
      'activity_type_id.name',
      'icon',
      'summary',
      'note',
      'date_deadline',
      'state',
      'user_id.name',
      'can_write',
      'chaining_type',
      'attachment_ids',
    ])
  return all.map((one) => ({
    id: one.id,
    activity_type_id: one.activity_type_id && [one.activity_type_id.id, one.activity_type_id.name],
    icon: one.icon,
    summary: one.summary,
    note: one.note,
    date_deadline: one.date_deadline,
    state: one.state ?? '',
    user: { id: one.user_id.id, name: one.user_id.name ?? '' },
    can_write: one.can_write,
    chaining_type: one.chaining_type,
    attachments: one.attachment_ids.ids,
  }))
}

async function attachmentsOf(env: Env, modelName: string, id: number): Promise<ShownAttachment[]> {
  const found = await env['ir.attachment'].search([
    ['res_model', '=', modelName],
    ['res_id', '=', id],
  ])
  const all = await found.load(['name', 'mimetype', 'file_size', 'url'])
  return all.map((one) => ({
    id: one.id,
    name: one.name,
    mimetype: one.mimetype,
    file_size: one.file_size,
    url: one.url,
  }))
}
