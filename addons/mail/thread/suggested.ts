import { textIn, type AnyRecordSet, type Env } from '#core'
import { followersOf } from './counters.ts'

/** Whom mails about a record are for. */
export interface DefaultRecipients {
  readonly partner_ids: readonly number[]
  /** Addresses that no contact stands for. */
  readonly email_to: string | null
  readonly email_cc: string | null
}

/** Somebody whom a message might be for. */
export interface SuggestedRecipient {
  /** `null` for an address that no contact has. */
  readonly partner_id: number | null
  readonly name: string
  readonly email: string | null
  readonly lang: string | null
  /** Why: the label of the field that names the person. */
  readonly reason: string
}

const PARTNER_FIELDS = ['partner_id', 'partner_ids'] as const
const ADDRESS_FIELDS = ['email_from', 'email'] as const
const REASON = 'who is named by a record is named to whoever may read it'

/** Whom the records name: their contact, else their address. A contact is its own. Two queries for all. */
export async function defaultRecipients(records: AnyRecordSet): Promise<ReadonlyMap<number, DefaultRecipients>> {
  const { modelName } = records
  const { fields } = records.env.registry.get(modelName)
  if (modelName === 'res.partner') {
    return new Map(records.ids.map((id) => [id, { partner_ids: [id], email_to: null, email_cc: null }]))
  }
  const partners = PARTNER_FIELDS.filter((name) => fields.get(name)?.comodel === 'res.partner')
  const addresses = ADDRESS_FIELDS.filter((name) => fields.get(name)?.type === 'char')
  const loaded = await records.sudo(REASON).load([...partners, ...addresses])
  return new Map(
    loaded.map((record) => {
      const partner_ids = partners.flatMap((name) => idsOf(record[name]))
      const address = addresses
        .map((name) => record[name])
        .find((one): one is string => typeof one === 'string' && one !== '')
      return [record.id, { partner_ids, email_to: partner_ids.length > 0 ? null : (address ?? null), email_cc: null }]
    }),
  )
}

function idsOf(value: unknown): readonly number[] {
  if (typeof value !== 'object' || value === null) return []
  if ('id' in value && typeof value.id === 'number') return [value.id]
  return 'ids' in value && Array.isArray(value.ids) ? value.ids : []
}

/** Those whom the records name, and who is responsible for them, without those who follow already. */
export async function suggestedRecipients(
  env: Env,
  modelName: string,
  ids: readonly number[],
  defaults: ReadonlyMap<number, DefaultRecipients>,
): Promise<readonly SuggestedRecipient[]> {
  const { fields } = env.registry.get(modelName)
  const reasonOf = new Map<number, string>()
  const user = fields.get('user_id')
  if (user?.comodel === 'res.users') {
    const users = (await env.sudo(REASON).model(modelName, ids).load(['user_id'])).flatMap((one) =>
      idsOf(one['user_id']),
    )
    for (const one of await env
      .sudo(REASON)
      ['res.users'].browse([...new Set(users)])
      .load(['partner_id'])) {
      reasonOf.set(one.partner_id.id, textIn(env, user.addons[0] ?? 'mail', user.label))
    }
  }
  const reason = textIn(env, 'mail', 'Contact')
  for (const { partner_ids } of defaults.values())
    for (const id of partner_ids) if (!reasonOf.has(id)) reasonOf.set(id, reason)
  const following = new Set([...(await followersOf(env, modelName, ids)).values()].flat())
  const wanted = [...reasonOf.keys()].filter((id) => !following.has(id))
  const partners = await env.sudo(REASON)['res.partner'].browse(wanted).load(['display_name', 'email', 'lang'])
  const known: SuggestedRecipient[] = partners.map((one) => ({
    partner_id: one.id,
    name: one.display_name,
    email: one.email,
    lang: one.lang,
    reason: reasonOf.get(one.id) ?? reason,
  }))
  const addresses = [...new Set([...defaults.values()].flatMap(({ email_to }) => email_to ?? []))]
  return [
    ...known,
    ...addresses.map((email) => ({
      partner_id: null,
      name: email,
      email,
      lang: null,
      reason: textIn(env, 'mail', 'Email'),
    })),
  ]
}
