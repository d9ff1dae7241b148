import type { RecordsOf } from '#core'
import { ResPartner } from '#addons/base/models/res_partner.ts'
import { MailActivityMixin, type MailActivityMixinFields } from './mail_activity_mixin.ts'
import { MailThread, type MailThreadFields } from './mail_thread.ts'

/** Contacts have a thread, and activities are planned on them. */
export const ResPartnerMail = ResPartner.extend(Object, (Base) => class extends Base {}, {
  inherit: [MailActivityMixin, MailThread],
})

declare module '#addons/base/models/res_partner.ts' {
  interface ResPartnerFields extends MailThreadFields, MailActivityMixinFields {}
  interface ResPartner extends RecordsOf<typeof ResPartnerMail>, MailThread, MailActivityMixin {}
}
