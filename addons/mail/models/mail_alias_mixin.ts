import { abstractModel, field, type Env, type Recs, type RecordSet, type Values } from '#core'
import type { MailAliasFields } from './mail_alias.ts'

/** Open to addons whose models have an address. */
export class MailAliasMixinFields {
  alias_id = field.many2one('mail.alias', { string: 'Alias', required: true, ondelete: 'restrict', copy: false })
}
/** The fields of the alias behind the record. */
export interface MailAliasMixinFields extends MailAliasFields {}

/** What records with an address of their own say about it. */
export interface MailAliasMixin {
  _alias_get_creation_values(): Promise<Values<'mail.alias'>>
}

/** What of a record is kept at its alias, which the record's own rights decide about. */
const OF_ALIAS = [
  'alias_name',
  'alias_domain_id',
  'alias_defaults',
  'alias_contact',
  'alias_incoming_local',
  'alias_force_thread_id',
] as const

const REASON = 'who may change the record may change its address'

/**
 * Records with an address whose mails make records of another model: a team has `sales@…`. A model inherits it and
 * says in `_alias_get_creation_values` of which model (`alias_model_id`), with which `alias_defaults`.
 */
export const MailAliasMixin = abstractModel<MailAliasMixin>()(
  'mail.alias.mixin',
  MailAliasMixinFields,
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'mail.alias.mixin'>[]): Promise<Recs<'mail.alias.mixin'>> {
        const common = await asMixin(this.browse([]))._alias_get_creation_values()
        const split = values.map(splitAlias)
        const without = split.filter(({ rest }) => !rest.alias_id)
        const aliases = await aliasesOf(this.env).create(without.map(({ alias }) => ({ ...common, ...alias })))
        const records = await super.create(
          split.map((one) => {
            const index = without.indexOf(one)
            return index < 0 ? one.rest : { ...one.rest, alias_id: aliases.ids[index] ?? 0 }
          }),
        )
        for (const [i, { id, alias_id }] of (await records.load(['alias_id'])).entries()) {
          // what an alias says of its record differs from record to record
          const own = await asMixin(this.browse([id]))._alias_get_creation_values()
          await aliasesOf(this.env)
            .browse([alias_id.id])
            .write({ ...own, ...split[i]?.alias })
        }
        return records
      }

      override async write(values: Values<'mail.alias.mixin'>): Promise<void> {
        const { alias, rest } = splitAlias(values)
        if (Object.keys(rest).length > 0) await super.write(rest)
        if (Object.keys(alias).length === 0) return
        await this.check_access('write')
        const records = await this.load(['alias_id'])
        await aliasesOf(this.env)
          .browse(records.map(({ alias_id }) => alias_id.id))
          .write(alias)
      }

      /** Addresses end with their records. */
      override async unlink(): Promise<void> {
        const aliases = (await this.load(['alias_id'])).map(({ alias_id }) => alias_id.id)
        await super.unlink()
        await aliasesOf(this.env).browse(aliases).unlink()
      }

      /** What an alias is made with; of the one record of the set once it is there. An override adds `alias_model_id`. */
      async _alias_get_creation_values(): Promise<Values<'mail.alias'>> {
        const models = this.env.sudo('every model is known')['ir.model']
        const [own] = (await models.search([['model', '=', this.modelName]], { limit: 1 })).ids
        const [id] = this.ids
        return { alias_parent_model_id: own ?? null, ...(id === undefined ? {} : { alias_parent_thread_id: id }) }
      }
    },
  { description: 'Email Aliases Mixin', delegate: { 'mail.alias': 'alias_id' } },
)

function asMixin(records: RecordSet<'mail.alias.mixin'>): MailAliasMixin {
  return records as unknown as MailAliasMixin // every set of a model that inherits the mixin has all of its layers
}

function aliasesOf(env: Env): Recs<'mail.alias'> {
  return env.sudo(REASON)['mail.alias']
}

function splitAlias(values: Values<'mail.alias.mixin'>): {
  readonly alias: Values<'mail.alias'>
  readonly rest: Values<'mail.alias.mixin'>
} {
  const isAlias = (name: string): boolean => (OF_ALIAS as readonly string[]).includes(name)
  const entries = Object.entries(values)
  return {
    alias: Object.fromEntries(entries.filter(([name]) => isAlias(name))),
    rest: Object.fromEntries(entries.filter(([name]) => !isAlias(name))),
  }
}

declare module '#core' {
  interface Models {
    'mail.alias.mixin': { fields: MailAliasMixinFields; records: RecordSet<'mail.alias.mixin'> & MailAliasMixin }
  }
}
