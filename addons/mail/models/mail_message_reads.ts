import { field, type Env, type RecordsOf } from '#core'
import { MailMessage } from './mail_message.ts'

export class MailMessageReadsFields {
  needaction = field.boolean({
    string: 'Need Action',
    help: 'Whether the user has been told of it and has not read it.',
  })
  has_error = field.boolean({ string: 'Has error', help: 'Whether it did not reach somebody.' })
  notified_partner_ids = field.many2many('res.partner', { string: 'Partners with Need Action' })
  starred = field.boolean({ help: 'Whether the user put it aside.' })
  starred_partner_ids = field.many2many('res.partner', {
    string: 'Favorited By',
    relation: 'mail_message_res_partner_starred_rel',
    copy: false,
  })
  reaction_ids = field.one2many('mail.message.reaction', 'message_id', { string: 'Reactions', copy: false })
}

const OWN = 'what somebody has read, and likes, is their own affair'

/** What people do with messages that they read: they have read them, put them aside, leave an emoji. */
export const MailMessageReads = MailMessage.extend(
  MailMessageReadsFields,
  (Base) =>
    class extends Base {
      /** The user has read the messages. */
      async set_message_done(): Promise<void> {
        await this.check_access('read')
        await markRead(this.env, [['mail_message_id', 'in', this.ids]])
      }

      /** The user has read all messages of the domain, or all there are. Answers which were unread. */
      async mark_all_as_read(domain: readonly unknown[] | null = null): Promise<readonly number[]> {
        const unread = await this._search([['needaction', '=', true], ...(domain || [])], {})
        await markRead(this.env, [['mail_message_id', 'in', unread]])
        return unread
      }

      /** Puts the messages aside for the user, or takes them back: all of them as the first one. */
      async toggle_message_starred(): Promise<void> {
        const [first] = await this.load(['starred'])
        const me = this.env.user.partnerId
        const command = first?.starred ? ({ unlink: me } as const) : ({ link: me } as const)
        await this.sudo(OWN).write({ starred_partner_ids: [command] })
      }

      /** Takes back all messages that the user had put aside. */
      async unstar_all(): Promise<void> {
        const me = this.env.user.partnerId
        const messages = this.env.sudo(OWN)['mail.message']
        await (
          await messages.search([['starred_partner_ids', 'in', [me]]])
        ).write({ starred_partner_ids: [{ unlink: me }] })
      }

      /** Leaves an emoji of the user on the messages, or takes it away. */
      async message_reaction(content: string, action: 'add' | 'remove'): Promise<void> {
        await this.check_access('read')
        const partner_id = this.env.user.partnerId
        const reactions = this.env.sudo(OWN)['mail.message.reaction']
        const own = await reactions.search([
          ['message_id', 'in', this.ids],
          ['partner_id', '=', partner_id],
          ['content', '=', content],
        ])
        if (action === 'remove') return own.unlink()
        const there = new Set((await own.load(['message_id'])).map((one) => one.message_id.id))
        const fresh = this.ids.filter((id) => !there.has(id))
        if (fresh.length > 0) await reactions.create(fresh.map((message_id) => ({ message_id, partner_id, content })))
      }
    },
)

async function markRead(env: Env, domain: readonly (readonly [string, string, unknown])[]): Promise<void> {
  const notifications = env.sudo(OWN)['mail.notification']
  const found = await notifications._search(
    [...domain, ['res_partner_id', '=', env.user.partnerId], ['is_read', '=', false]],
    {},
  )
  if (found.length > 0) await notifications.browse(found).write({ is_read: true, read_date: new Date() })
}

const FAILED = ['bounce', 'exception']

/** A condition on a yes or no, said of the lines behind it. */
function whether(operator: string, operand: unknown, lines: readonly unknown[]): readonly unknown[] {
  return (operator === '=') === Boolean(operand) ? [lines] : ['!', lines]
}

MailMessageReads.computeBatch(
  'needaction',
  ['notification_ids.res_partner_id', 'notification_ids.is_read'],
  async (messages, env) =>
    new Map(
      messages.map(({ id, notification_ids }) => [
        id,
        notification_ids.some((one) => one.res_partner_id?.id === env.user.partnerId && !one.is_read),
      ]),
    ),
)
  .search('needaction', (operator, operand, env) =>
    whether(operator, operand, [
      'notification_ids',
      'any',
      [
        ['res_partner_id', '=', env.user.partnerId],
        ['is_read', '=', false],
      ],
    ]),
  )
  .compute('has_error', ['notification_ids.notification_status'], ({ notification_ids }) =>
    notification_ids.some(({ notification_status }) => FAILED.includes(notification_status ?? '')),
  )
  .search('has_error', (operator, operand) =>
    whether(operator, operand, ['notification_ids', 'any', [['notification_status', 'in', FAILED]]]),
  )
  .compute('notified_partner_ids', ['notification_ids.res_partner_id'], ({ notification_ids }) =>
    notification_ids.flatMap((one) => one.res_partner_id?.id ?? []),
  )
  .search('notified_partner_ids', (operator, operand) =>
    operator.startsWith('not ') || operator === '!='
      ? ['!', ['notification_ids', 'any', [['res_partner_id', operator === '!=' ? '=' : operator.slice(4), operand]]]]
      : [['notification_ids', 'any', [['res_partner_id', operator, operand]]]],
  )
  .computeBatch(
    'starred',
    ['starred_partner_ids'],
    async (messages, env) =>
      new Map(
        messages.map(({ id, starred_partner_ids }) => [
          id,
          starred_partner_ids.some((one) => one.id === env.user.partnerId),
        ]),
      ),
  )
  .search('starred', (operator, operand, env) =>
    whether(operator, operand, ['starred_partner_ids', 'in', [env.user.partnerId]]),
  )
  .callable('set_message_done')
  .callable('mark_all_as_read', {
    on: 'model',
    params: { domain: { anyOf: [{ type: 'array' }, { enum: [false, null] }], default: null } },
  })
  .callable('toggle_message_starred')
  .callable('unstar_all', { on: 'model' })
  .callable('message_reaction', {
    params: { content: { type: 'string', minLength: 1 }, action: { enum: ['add', 'remove'] } },
  })

declare module './mail_message.ts' {
  interface MailMessageFields extends MailMessageReadsFields {}
  interface MailMessage extends RecordsOf<typeof MailMessageReads> {}
}
