import { field, groupBy, type Env, type Recs, type RecordsOf, type Values } from '#core'
import { MESSAGE_FORBIDDEN } from '../errors.ts'
import { onOpenRecords, oneOf } from '../thread/open-records.ts'
import { threadSet } from '../thread/thread-set.ts'
import { MailMessage } from './mail_message.ts'

export class MailMessageAccessFields {
  reachable = field.boolean({
    exportable: false,
    help: 'Whether the user wrote it, is told of it, or may read the record that it is about; notes for internal users alone.',
  })
}

/** Who may read and write messages: it follows from the records that they are about. */
export const MailMessageAccess = MailMessage.extend(
  MailMessageAccessFields,
  (Base) =>
    class extends Base {
      /** @throws MESSAGE_FORBIDDEN when it is about a record on which the user may not post */
      override async create(values: readonly Values<'mail.message'>[]): Promise<Recs<'mail.message'>> {
        if (!this.env.su) await checkPlaces(this.env, values)
        return super.create(values)
      }
    },
)

MailMessageAccess.computeBatch('reachable', ['model', 'res_id'], async (messages, env) => {
  const ids = messages.map(({ id }) => id)
  const reached = new Set(
    (
      await env['mail.message'].search([
        ['id', 'in', ids],
        ['reachable', '=', true],
      ])
    ).ids,
  )
  return new Map(ids.map((id) => [id, reached.has(id)]))
}).search('reachable', async (operator, operand, env) => {
  const domain = await reachableMessages(env)
  return (operator === '=') === Boolean(operand) ? domain : ['!', ...domain]
})

/** The messages that the user may read, as one domain: the rules of the records hold inside of it. */
async function reachableMessages(env: Env): Promise<readonly unknown[]> {
  const me = env.user.partnerId
  const reference = { model: 'model', id: 'res_id' }
  const terms = [
    ['author_id', '=', me],
    ['partner_ids', 'in', [me]],
    ['notification_ids.res_partner_id', '=', me],
    ...(await onOpenRecords(env, reference, ({ inherits }) => inherits.includes('mail.thread'), 'read')),
  ]
  const reached = ['|', '&', ['create_uid', '=', env.uid], ['model', '=', false], ...oneOf(terms)]
  if (env.user.groups.has('base.group_user')) return reached
  const open = ['&', '&', ['is_internal', '=', false], ['subtype_id', '!=', false], ['subtype_id.internal', '=', false]]
  return ['&', ...open, ...reached]
}

/** Holds the records of new messages against what the user may post on: one check per model. */
async function checkPlaces(env: Env, values: readonly Values<'mail.message'>[]): Promise<void> {
  const about = values.filter((one) => one.model && one.res_id)
  for (const [name, group] of groupBy(about, (one) => one.model ?? '')) {
    if (!env.registry.has(name)) throw new MESSAGE_FORBIDDEN(name)
    const ids = [...new Set(group.map((one) => one.res_id ?? 0))]
    const thread = threadSet(env, name, ids)
    await env.model(name, ids).check_access(thread?._mail_post_access() ?? 'write')
  }
}

declare module './mail_message.ts' {
  interface MailMessageFields extends MailMessageAccessFields {}
  interface MailMessage extends RecordsOf<typeof MailMessageAccess> {}
}
