import type { Env } from '#core'

/** Whom a mail about a record is for, where nobody says so. */
export interface DefaultRecipients {
  readonly partnerIds: readonly number[]
  readonly emailTo: string | null
}

/** The contact of each record (`partner_id`, or the record itself if it is one), else its address. */
export async function defaultRecipients(
  env: Env,
  model: string,
  ids: readonly number[],
): Promise<ReadonlyMap<number, DefaultRecipients>> {
  if (model === 'res.partner') return new Map(ids.map((id) => [id, { partnerIds: [id], emailTo: null }]))
  const { fields } = env.registry.get(model)
  const contact = fields.get('partner_id')?.comodel === 'res.partner'
  const address = ['email_from', 'email'].find((name) => fields.get(name)?.type === 'char')
  const paths = [...(contact ? ['partner_id'] : []), ...(address ? [address] : [])]
  const records = await env.model(model, ids).load(paths)
  return new Map(
    records.map((record) => {
      const partner = contact ? (record['partner_id'] as { readonly id: number } | null) : null
      const email = address ? (record[address] as string | null) : null
      return [record.id, { partnerIds: partner ? [partner.id] : [], emailTo: partner ? null : email }]
    }),
  )
}
