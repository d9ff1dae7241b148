import { field, model, type Env, type RecordsOf } from '#core'
import { invalidating } from '#addons/base/models/invalidating.ts'

export class MailMessageSubtypeFields {
  name = field.char({ string: 'Message Type', required: true, translate: true })
  description = field.text({ translate: true, help: 'Shown above messages of this type; without it the name is.' })
  internal = field.boolean({ string: 'Internal Only', help: 'Messages that only internal users see.' })
  parent_id = field.many2one('mail.message.subtype', {
    string: 'Parent',
    help: 'Who follows the record that holds others in this type follows the others in the types below it.',
  })
  relation_field = field.char({ help: 'The field that leads from the other records to the one that is followed.' })
  res_model = field.char({ string: 'Model', help: 'The model that the type is for; all models when empty.' })
  default = field.boolean({ default: true, help: 'Whether new followers get messages of this type.' })
  sequence = field.integer({ default: 1 })
  hidden = field.boolean({ help: 'Whether followers cannot choose it.' })
  track_recipients = field.boolean({ string: 'Track Recipients' })
}

/** What kinds of messages there are, for all models or for one; followers choose which of them they want. */
export const MailMessageSubtype = model(
  'mail.message.subtype',
  MailMessageSubtypeFields,
  { description: 'Message subtypes', order: 'sequence, id' },
  (Base) => class extends invalidating(Base, 'parameters') {},
)

/** What posting a message needs to know of a subtype. */
export interface SubtypeFacts {
  readonly id: number
  readonly resModel: string | null
  readonly isDefault: boolean
  readonly internal: boolean
  readonly hidden: boolean
  readonly parentId: number | null
  readonly relationField: string | null
}

/** All subtypes in their order; kept per process. */
export async function allSubtypes(env: Env): Promise<readonly SubtypeFacts[]> {
  return env.caches.get('parameters', 'mail subtypes', async () => {
    const subtypes = env.sudo('what kinds of messages there are is no secret')['mail.message.subtype']
    const all = await (
      await subtypes.search([])
    ).load(['res_model', 'default', 'internal', 'hidden', 'parent_id', 'relation_field'])
    return all.map((one) => ({
      id: one.id,
      resModel: one.res_model,
      isDefault: one.default,
      internal: one.internal,
      hidden: one.hidden,
      parentId: one.parent_id?.id ?? null,
      relationField: one.relation_field,
    }))
  })
}

/** Those that records of the model may have messages of. */
export async function subtypesOf(env: Env, modelName: string): Promise<readonly SubtypeFacts[]> {
  return (await allSubtypes(env)).filter(({ resModel }) => resModel === null || resModel === modelName)
}

/** The id of a subtype by its external id (`mail.mt_note`), or `null`; kept per process. */
export async function subtypeId(env: Env, xmlid: string): Promise<number | null> {
  return env.caches.get('parameters', `mail subtype ${xmlid}`, async () => {
    const found = await env.xmlId(xmlid)
    return found?.[0] === 'mail.message.subtype' ? found[1] : null
  })
}

export interface MailMessageSubtype extends RecordsOf<typeof MailMessageSubtype> {}
declare module '#core' {
  interface Models {
    'mail.message.subtype': { fields: MailMessageSubtypeFields; records: MailMessageSubtype }
  }
}
