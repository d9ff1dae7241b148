import { field, model, type Env, type RecordsOf } from '#core'

export class MailAliasDomainFields {
  name = field.char({ required: true, help: 'The domain of the addresses: example.com.' })
  company_ids = field.one2many('res.company', 'alias_domain_id', { string: 'Companies' })
  sequence = field.integer({ default: 10, aggregator: null })
  bounce_alias = field.char({
    required: true,
    default: 'bounce',
    help: 'Mails that cannot be delivered come back here.',
  })
  bounce_email = field.char()
  catchall_alias = field.char({
    required: true,
    default: 'catchall',
    help: 'Answers to records without an address of their own come here.',
  })
  catchall_email = field.char()
  default_from = field.char({
    string: 'Default From Alias',
    default: 'notifications',
    help: 'Whom mails are from when the mail server may not send for their author.',
  })
  default_from_email = field.char()
}

/** Domains whose mail comes to this database. */
export const MailAliasDomain = model(
  'mail.alias.domain',
  MailAliasDomainFields,
  {
    description: 'Email Domain',
    order: 'sequence, id',
    sqlConstraints: { name_uniq: ['unique (name)', 'This domain is there already.'] },
  },
  (Base) => class extends Base {},
)

const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i
const DOMAIN = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i

/** Whether a text can stand before the @ of an address. */
export function isLocalPart(text: string): boolean {
  return text.length <= 64 && LOCAL_PART.test(text)
}

MailAliasDomain.compute('bounce_email', ['name', 'bounce_alias'], (one) => `${one.bounce_alias}@${one.name}`)
  .compute('catchall_email', ['name', 'catchall_alias'], (one) => `${one.catchall_alias}@${one.name}`)
  .compute('default_from_email', ['name', 'default_from'], ({ name, default_from }) =>
    !default_from || default_from.includes('@') ? default_from : `${default_from}@${name}`,
  )
  .constrain(['name', 'bounce_alias', 'catchall_alias'], ({ name, bounce_alias, catchall_alias }) => {
    if (!DOMAIN.test(name)) return `'${name}' is no domain: write it like example.com.`
    if (bounce_alias === catchall_alias) return 'Bounces and answers need different addresses.'
    const wrong = [bounce_alias, catchall_alias].find((one) => !isLocalPart(one))
    return wrong === undefined ? undefined : `'${wrong}' cannot stand before the @ of an address.`
  })

/** What code needs to know of a domain. */
export interface DomainFacts {
  readonly id: number
  readonly name: string
  readonly bounce: string
  readonly catchall: string
  readonly defaultFrom: string | null
  readonly companyIds: readonly number[]
}

/** All domains in their order. One query. */
export async function aliasDomains(env: Env): Promise<readonly DomainFacts[]> {
  const all = await env.sudo('addresses of the product are no secret')['mail.alias.domain'].search([])
  const domains = await all.load(['name', 'bounce_email', 'catchall_email', 'default_from_email', 'company_ids'])
  return domains.map((one) => ({
    id: one.id,
    name: one.name.toLowerCase(),
    bounce: (one.bounce_email ?? '').toLowerCase(),
    catchall: (one.catchall_email ?? '').toLowerCase(),
    defaultFrom: one.default_from_email,
    companyIds: one.company_ids.ids,
  }))
}

export interface MailAliasDomain extends RecordsOf<typeof MailAliasDomain> {}
declare module '#core' {
  interface Models {
    'mail.alias.domain': { fields: MailAliasDomainFields; records: MailAliasDomain }
  }
}
