import { field, type RecordsOf } from '#core'
import { ResCompany } from '#addons/base/models/res_company.ts'

export class ResCompanyMailFields {
  alias_domain_id = field.many2one('mail.alias.domain', {
    string: 'Email Domain',
    index: 'not null',
    ondelete: 'restrict',
    help: 'The domain that answers to the mails of the company go to.',
  })
  catchall_email = field.char()
  bounce_email = field.char()
}

/** Companies have a domain that mails come to. */
export const ResCompanyMail = ResCompany.extend(ResCompanyMailFields, (Base) => class extends Base {})

ResCompanyMail.related('catchall_email', 'alias_domain_id.catchall_email').related(
  'bounce_email',
  'alias_domain_id.bounce_email',
)

declare module '#addons/base/models/res_company.ts' {
  interface ResCompanyFields extends ResCompanyMailFields {}
  interface ResCompany extends RecordsOf<typeof ResCompanyMail> {}
}
