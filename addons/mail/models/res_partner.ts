import type { RecordsOf } from '#core'
import { ResPartner } from '#addons/base/models/res_partner.ts'
import { MailThread, type MailThreadFields } from './mail_thread.ts'

/** Contacts have a thread. */
export const ResPartnerMail = ResPartner.extend(Object, (Base) => class extends Base {}, { inherit: [MailThread] })

declare module '#addons/base/models/res_partner.ts' {
  interface ResPartnerFields extends MailThreadFields {}
  interface ResPartner extends RecordsOf<typeof ResPartnerMail>, MailThread {}
}
