import type { Env } from '#core'
import type { Bounce } from './parse.ts'

/** Tells the notifications of the contacts whom a mail did not reach. A report that names nobody is about all of them. */
export async function keepBounce(env: Env, { messageIds, recipients, reason }: Bounce): Promise<void> {
  const told = await env['mail.notification'].search([
    ['mail_message_id.message_id', 'in', messageIds],
    ['notification_type', '=', 'email'],
  ])
  const reached = await told.load(['res_partner_id.email'])
  const lost = reached.filter(({ res_partner_id }) => {
    const email = (res_partner_id?.email ?? '').toLowerCase()
    return recipients.length === 0 || recipients.some((address) => email === address || email.includes(`<${address}>`))
  })
  if (lost.length === 0) return
  await env['mail.notification']
    .browse(lost.map(({ id }) => id))
    .write({ notification_status: 'bounce', failure_type: 'mail_bounce', failure_reason: reason })
}
