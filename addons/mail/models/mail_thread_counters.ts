import { field, type Env } from '#core'
import { attachmentsOf, failedOf, followersOf, messagesOf, unreadOf } from '../thread/counters.ts'
import { addEachFollowers, removeEachFollowers } from '../thread/followers.ts'
import { MailThread } from './mail_thread.ts'

const INTERNAL = 'base.group_user'

export class MailThreadCountersFields {
  message_partner_ids = field.many2many('res.partner', {
    string: 'Followers (Partners)',
    groups: INTERNAL,
    readonly: false,
    copy: false,
  })
  message_is_follower = field.boolean({ string: 'Is Follower' })
  has_message = field.boolean()
  message_needaction = field.boolean({
    string: 'Action Needed',
    help: 'Whether there are messages that you have not read.',
  })
  message_needaction_counter = field.integer({ string: 'Number of Actions' })
  message_has_error = field.boolean({
    string: 'Message Delivery error',
    help: 'Whether messages of yours did not arrive.',
  })
  message_has_error_counter = field.integer({ string: 'Number of errors' })
  message_attachment_count = field.integer({ string: 'Attachment Count', groups: INTERNAL })
}

/** What a thread says of itself: who follows, what is unread, what did not arrive. */
export const MailThreadCounters = MailThread.def.extend(MailThreadCountersFields, (Base) => class extends Base {})

type Ids = readonly { readonly id: number }[]
type Query = (env: Env, modelName: string, ids: readonly number[]) => Promise<ReadonlyMap<number, number>>
type Batch<V> = (records: Ids, env: Env, base: unknown, model: string) => Promise<Map<number, V>>

/** A number per record out of one query for all. */
function counted(query: Query): Batch<number> {
  return async (records, env, _base, model) => {
    const counts = await query(env, model, saved(records))
    return new Map(records.map(({ id }) => [id, counts.get(id) ?? 0]))
  }
}

/** Whether there are any, per record, out of one query for all. */
function any(query: Query): Batch<boolean> {
  return async (records, env, _base, model) => {
    const counts = await query(env, model, saved(records))
    return new Map(records.map(({ id }) => [id, (counts.get(id) ?? 0) > 0]))
  }
}

/** Records of a form that is not saved have no thread yet. */
function saved(records: Ids): number[] {
  return records.flatMap(({ id }) => (id > 0 ? id : []))
}

/** A condition on a yes or no, said of the lines behind it. */
function whether(operator: string, operand: unknown, lines: readonly unknown[]): readonly unknown[] {
  return (operator === '=') === Boolean(operand) ? [lines] : ['!', lines]
}

const FAILED = ['bounce', 'exception']

MailThreadCounters.computeBatch('message_partner_ids', ['message_follower_ids'], async (records, env, _base, model) =>
  followersOf(env, model, saved(records)),
)
  .inverse('message_partner_ids', async (values, env, model) => {
    const before = await followersOf(env, model, [...values.keys()])
    const wanted = new Map([...values].map(([id, commands]) => [id, afterCommands(before.get(id) ?? [], commands)]))
    const unwanted = [...before].map(([id, had]) => [id, had.filter((one) => !wanted.get(id)?.includes(one))] as const)
    await addEachFollowers(env, model, wanted)
    await removeEachFollowers(env, model, new Map(unwanted))
  })
  .search('message_partner_ids', (operator, operand) => {
    const isNegative = operator === '!=' || operator.startsWith('not ')
    const positive = operator === '!=' ? '=' : operator.replace(/^not /, '')
    const lines = ['message_follower_ids', 'any', [['partner_id', positive, operand]]]
    return isNegative ? ['!', lines] : [lines]
  })
  .computeBatch('message_is_follower', ['message_follower_ids'], async (records, env, _base, model) => {
    const followers = await followersOf(env, model, saved(records))
    return new Map(records.map(({ id }) => [id, followers.get(id)?.includes(env.user.partnerId) ?? false]))
  })
  .search('message_is_follower', (operator, operand, env) =>
    whether(operator, operand, ['message_follower_ids', 'any', [['partner_id', '=', env.user.partnerId]]]),
  )
  .computeBatch('has_message', [], any(messagesOf))
  .search('has_message', (operator, operand) => whether(operator, operand, ['message_ids', '!=', false]))
  .computeBatch('message_needaction', [], any(unreadOf))
  .search('message_needaction', (operator, operand, env) =>
    whether(operator, operand, [
      'message_ids.notification_ids',
      'any',
      [
        ['res_partner_id', '=', env.user.partnerId],
        ['is_read', '=', false],
      ],
    ]),
  )
  .computeBatch('message_needaction_counter', [], counted(unreadOf))
  .computeBatch('message_has_error', [], any(failedOf))
  .search('message_has_error', (operator, operand, env) =>
    whether(operator, operand, [
      'message_ids',
      'any',
      [
        ['author_id', '=', env.user.partnerId],
        ['notification_ids.notification_status', 'in', FAILED],
      ],
    ]),
  )
  .computeBatch('message_has_error_counter', [], counted(failedOf))
  .computeBatch('message_attachment_count', [], counted(attachmentsOf))

/** What a list holds once the commands are carried out. */
function afterCommands(before: readonly number[], commands: unknown): number[] {
  const held = new Set(before)
  for (const command of commands as readonly Record<string, unknown>[]) {
    const { link, unlink, set } = command
    if ('clear' in command || Array.isArray(set)) held.clear()
    for (const id of Array.isArray(set) ? set : [link]) if (typeof id === 'number') held.add(id)
    const removed = unlink ?? command['delete']
    if (typeof removed === 'number') held.delete(removed)
  }
  return [...held]
}

declare module './mail_thread.ts' {
  interface MailThreadFields extends MailThreadCountersFields {}
}
