import { formatEmailAddress } from '#addons/base/tools/email-address.ts'
import { mailMessages } from '../outgoing/notification-mail.ts'
import type { MailedMessage } from '../thread/notify.ts'
import { aliasDomains } from './mail_alias_domain.ts'
import { MailThread } from './mail_thread.ts'

/** People are told of messages by mail, and their answers come back to the record. */
export const MailThreadReplies = MailThread.def.extend(
  Object,
  (Base) =>
    class extends Base {
      override async _notify_thread_by_email(messages: readonly MailedMessage[]): Promise<void> {
        await super._notify_thread_by_email(messages)
        await mailMessages(this.env, messages)
      }

      /**
       * Where answers to messages on the records go: record -> `"Company Record" <address>`. By default the address of
       * the record's company that takes all answers; records are left out that have none.
       */
      async _notify_get_reply_to(): Promise<ReadonlyMap<number, string>> {
        const { env, modelName, ids } = this.sudo('answers come back to the record')
        const domains = await aliasDomains(env)
        if (domains.length === 0) return new Map()
        const hasCompany = env.registry.get(modelName).fields.has('company_id')
        const records = await env
          .model(modelName, ids)
          .load(['display_name', ...(hasCompany ? ['company_id.name'] : [])])
        const own = await env['res.company'].browse([env.companyId]).load(['name'])
        return new Map(
          records.map((record) => {
            const company = (record['company_id'] as { id: number; name: string } | null | undefined) ?? own[0]
            const domain = domains.find(({ companyIds }) => company && companyIds.includes(company.id)) ?? domains[0]
            const name = [company?.name, record['display_name']].filter(Boolean).join(' ')
            return [record.id, formatEmailAddress(name, [domain?.catchall ?? ''])]
          }),
        )
      }
    },
)

declare module './mail_thread.ts' {
  interface MailThread {
    _notify_get_reply_to(): Promise<ReadonlyMap<number, string>>
  }
}
