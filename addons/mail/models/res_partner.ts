import type { RecordsOf } from '#core'
import { ResPartner } from '#addons/base/models/res_partner.ts'
import { MailActivityMixin, type MailActivityMixinFields } from './mail_activity_mixin.ts'
import { MailThread, type MailThreadFields } from './mail_thread.ts'

/** Contacts have a thread, and activities are planned on them. */
export const ResPartnerMail = ResPartner.extend(
  Object,
  (Base) =>
    class extends Base {
      /** What is said of a contact is many talks, not one. */
      override _mail_flat_thread(): boolean {
        return false
      }
    },
  {
    inherit: [MailActivityMixin, MailThread],
  },
)

for (const [place, name] of (['name', 'email', 'phone', 'parent_id', 'user_id', 'vat'] as const).entries()) {
  ResPartnerMail.change(name, { tracking: place + 1 })
}

declare module '#addons/base/models/res_partner.ts' {
  interface ResPartnerFields extends MailThreadFields, MailActivityMixinFields {}
  interface ResPartner extends RecordsOf<typeof ResPartnerMail>, MailThread, MailActivityMixin {}
}
