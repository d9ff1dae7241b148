import { evaluate, field, model, type RecordsOf, type Values, type Recs } from '#core'
import { isLocalPart } from './mail_alias_domain.ts'

/** Open list of who may write to an alias; an addon adds a kind by merging a key. */
export interface AliasContacts {
  everyone: string
  partners: string
  followers: string
}

export class MailAliasFields {
  alias_name = field.char({ copy: false, help: 'What stands before the @: jobs.' })
  alias_domain_id = field.many2one('mail.alias.domain', {
    string: 'Alias Domain',
    ondelete: 'restrict',
  })
  alias_domain = field.char({ string: 'Alias domain name' })
  alias_full_name = field.char({ string: 'Alias Email', store: true, index: 'not null' })
  alias_model_id = field.many2one('ir.model', {
    string: 'Aliased Model',
    required: true,
    ondelete: 'cascade',
    help: 'A mail to the alias makes a record of this model.',
  })
  alias_defaults = field.text({ string: 'Default Values', required: true, default: '{}' })
  alias_force_thread_id = field.integer({
    string: 'Record Thread ID',
    aggregator: null,
    help: 'All mails go to this record, and make none.',
  })
  alias_parent_model_id = field.many2one('ir.model', { string: 'Parent Model', ondelete: 'cascade' })
  alias_parent_thread_id = field.integer({ string: 'Parent Record Thread ID', aggregator: null })
  alias_contact = field.selection<keyof AliasContacts>(
    { everyone: 'Everyone', partners: 'Authenticated Partners', followers: 'Followers only' },
    { string: 'Alias Contact Security', required: true, default: 'everyone' },
  )
  alias_incoming_local = field.boolean({ string: 'Local-part based incoming detection' })
}

/** Addresses whose mails become records. */
export const MailAlias = model(
  'mail.alias',
  MailAliasFields,
  {
    description: 'Email Aliases',
    order: 'alias_model_id, alias_name, id',
    recName: 'alias_full_name',
    sqlConstraints: {
      name_domain_uniq: ['unique (alias_name, alias_domain_id)', 'This address is taken by another alias.'],
    },
  },
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'mail.alias'>[]): Promise<Recs<'mail.alias'>> {
        return super.create(values.map(inLowerCase))
      }

      override async write(values: Values<'mail.alias'>): Promise<void> {
        await super.write(inLowerCase(values))
      }
    },
)

function inLowerCase(values: Values<'mail.alias'>): Values<'mail.alias'> {
  const { alias_name } = values
  return alias_name ? { ...values, alias_name: alias_name.trim().toLowerCase() } : values
}

MailAlias.default('alias_domain_id', async (env) => {
  const system = env.sudo('the domains of addresses are no secret')
  const [company] = await system.browse('res.company', [env.companyId]).load(['alias_domain_id'])
  const [first] = (await system['mail.alias.domain'].search([], { limit: 1 })).ids
  return company?.alias_domain_id?.id ?? first ?? null
})
  .related('alias_domain', 'alias_domain_id.name')
  .compute('alias_full_name', ['alias_name', 'alias_domain_id.name'], ({ alias_name, alias_domain_id }) => {
    if (!alias_name) return null
    return alias_domain_id ? `${alias_name}@${alias_domain_id.name.toLowerCase()}` : alias_name
  })
  .constrain(['alias_name'], ({ alias_name }) =>
    alias_name && !isLocalPart(alias_name) ? `'${alias_name}' cannot stand before the @ of an address.` : undefined,
  )
  .constrain(
    ['alias_name', 'alias_domain_id.bounce_alias', 'alias_domain_id.catchall_alias'],
    ({ alias_name, alias_domain_id }) =>
      alias_name && [alias_domain_id?.bounce_alias, alias_domain_id?.catchall_alias].includes(alias_name)
        ? `${alias_name} takes the bounces or the answers of the domain already.`
        : undefined,
  )
  .constrain(['alias_defaults'], ({ alias_defaults }) =>
    defaultsOf(alias_defaults) === undefined
      ? "The default values of an alias have to be a dictionary, such as {'priority': '1'}."
      : undefined,
  )

/** The values that an alias gives to new records; `undefined` when the text is no dictionary. */
export function defaultsOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = evaluate(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

export interface MailAlias extends RecordsOf<typeof MailAlias> {}
declare module '#core' {
  interface Models {
    'mail.alias': { fields: MailAliasFields; records: MailAlias }
  }
}
