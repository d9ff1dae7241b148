import { groupBy, textIn, type Env } from '#core'
import { allSubtypes } from '../models/mail_message_subtype.ts'
import { addEachFollowers } from './followers.ts'
import { sendNotices } from './notices.ts'

const REASON = 'whoever is given a record follows it'

/** Whether whoever is in the field follows the record. */
export function isAssigning(env: Env, modelName: string): boolean {
  const field = env.registry.get(modelName).fields.get('user_id')
  return field?.comodel === 'res.users' && Boolean(field.options.tracking)
}

/**
 * Makes the users to whom records were given followers, and tells them unless they did it themselves.
 * @param given record -> user
 */
export async function followAssigned(
  env: Env,
  modelName: string,
  given: ReadonlyMap<number, number>,
  areNew = false,
): Promise<void> {
  if (given.size === 0) return
  const users = await env
    .sudo(REASON)
    ['res.users'].browse([...new Set(given.values())])
    .load(['active', 'partner_id'])
  const partnerOf = new Map(users.filter(({ active }) => active).map((user) => [user.id, user.partner_id.id]))
  const wanted = [...given].flatMap(([id, user]): [number, number[]][] => {
    const partner = partnerOf.get(user)
    return partner === undefined ? [] : [[id, [partner]]]
  })
  await addEachFollowers(env, modelName, new Map(wanted), { areNew })
  if (env.context.mail_auto_subscribe_no_notify) return
  const told = wanted.filter(([id]) => given.get(id) !== env.uid)
  if (told.length === 0) return
  const records = await env
    .sudo(REASON)
    .model(
      modelName,
      told.map(([id]) => id),
    )
    .load(['display_name'])
  const names = new Map(records.map((one) => [one.id, String(one['display_name'] ?? '')]))
  await sendNotices(
    env,
    modelName,
    told.map(([resId, partnerIds]) => {
      const record = names.get(resId) ?? ''
      const text = textIn(env, 'mail', 'You have been assigned to {record}', { record })
      return { resId, partnerIds, subject: text, body: text, recordName: record }
    }),
  )
}

/**
 * Who follows the record that holds others (a project, a team) in a subtype follows these in the subtypes below it.
 * @param fields the fields that were written: those that lead to another holder now
 */
export async function followHolders(
  env: Env,
  modelName: string,
  ids: readonly number[],
  fields: ReadonlySet<string>,
): Promise<void> {
  const subtypes = await allSubtypes(env)
  const leading = subtypes.filter(
    (one) =>
      one.parentId !== null &&
      one.relationField !== null &&
      fields.has(one.relationField) &&
      (one.resModel ?? modelName) === modelName,
  )
  const info = env.registry.get(modelName)
  for (const [name, below] of groupBy(leading, (one) => one.relationField ?? '')) {
    const holder = info.fields.get(name)?.comodel
    if (!holder) continue
    const records = await env.sudo(REASON).model(modelName, ids).load([name])
    const holderOf = new Map(records.map((one) => [one.id, (one[name] as { readonly id: number } | null)?.id ?? 0]))
    const parents = new Map(below.map((one) => [one.parentId, one.id]))
    const followers = await (
      await env.sudo(REASON)['mail.followers'].search([
        ['res_model', '=', holder],
        ['res_id', 'in', [...new Set(holderOf.values())]],
        ['subtype_ids', 'in', below.map((one) => one.parentId ?? 0)],
      ])
    ).load(['res_id', 'partner_id', 'subtype_ids'])
    const general = new Set(subtypes.filter(({ resModel }) => resModel === null).map(({ id }) => id))
    // one batch for all who follow in the same kinds of messages
    const chosen = (one: (typeof followers)[number]): string =>
      one.subtype_ids.ids
        .flatMap((id) => parents.get(id) ?? (general.has(id) ? id : []))
        .toSorted((a, b) => a - b)
        .join(',')
    for (const [key, group] of groupBy(followers, chosen)) {
      const wanted = ids.map(
        (id) => [id, group.filter((one) => one.res_id === holderOf.get(id)).map((one) => one.partner_id.id)] as const,
      )
      await addEachFollowers(env, modelName, new Map(wanted), { subtypeIds: key.split(',').map(Number) })
    }
  }
}
