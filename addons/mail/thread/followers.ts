import type { Env } from '#core'
import { subtypesOf } from '../models/mail_message_subtype.ts'

const REASON = 'who may follow was decided before'

export interface FollowOptions {
  /** The kinds of messages that they follow; by default those that new followers get. */
  readonly subtypeIds?: readonly number[] | undefined
  /** What becomes of the kinds of messages of those who follow already; by default they stay. */
  readonly existing?: 'keep' | 'replace'
  /** Whether none of them can be a follower yet, because the records are new. */
  readonly areNew?: boolean
}

/** Makes contacts followers of records of one model: a number of statements that does not grow with either. */
export async function addFollowers(
  env: Env,
  modelName: string,
  resIds: readonly number[],
  partnerIds: readonly number[],
  options: FollowOptions = {},
): Promise<void> {
  await addEachFollowers(env, modelName, new Map(resIds.map((id) => [id, partnerIds])), options)
}

/** The same with followers of its own for each record: id of the record -> contacts. */
export async function addEachFollowers(
  env: Env,
  modelName: string,
  wanted: ReadonlyMap<number, readonly number[]>,
  options: FollowOptions = {},
): Promise<void> {
  const pairs = [...wanted].flatMap(([resId, partners]) =>
    [...new Set(partners)].map((partner) => [resId, partner] as const),
  )
  if (pairs.length === 0) return
  const followers = env.sudo(REASON)['mail.followers']
  const known = options.areNew ? new Map<string, number>() : await followersAt(env, modelName, [...wanted.keys()])
  const chosen = await subtypesFor(
    env,
    modelName,
    [...new Set(pairs.map(([, partner]) => partner))],
    options.subtypeIds,
  )
  const fresh = pairs.filter(([resId, partner]) => !known.has(`${resId} ${partner}`))
  if (fresh.length > 0) {
    await followers.create(
      fresh.map(([res_id, partner]) => ({
        res_model: modelName,
        res_id,
        partner_id: partner,
        subtype_ids: [{ set: chosen.get(partner) ?? [] }],
      })),
    )
  }
  if (options.existing !== 'replace') return
  const changed = pairs.flatMap(([resId, partner]) => known.get(`${resId} ${partner}`) ?? [])
  if (changed.length > 0) await followers.browse(changed).write({ subtype_ids: [{ set: options.subtypeIds ?? [] }] })
}

/** Ends the following of contacts. */
export async function removeFollowers(
  env: Env,
  modelName: string,
  resIds: readonly number[],
  partnerIds: readonly number[],
): Promise<void> {
  const followers = env.sudo(REASON)['mail.followers']
  await (
    await followers.search([
      ['res_model', '=', modelName],
      ['res_id', 'in', resIds],
      ['partner_id', 'in', partnerIds],
    ])
  ).unlink()
}

/** The same with contacts of its own for each record: id of the record -> contacts. */
export async function removeEachFollowers(
  env: Env,
  modelName: string,
  unwanted: ReadonlyMap<number, readonly number[]>,
): Promise<void> {
  const pairs = [...unwanted].flatMap(([resId, partners]) => partners.map((partner) => `${resId} ${partner}`))
  if (pairs.length === 0) return
  const known = await followersAt(env, modelName, [...unwanted.keys()])
  await env
    .sudo(REASON)
    ['mail.followers'].browse(pairs.flatMap((pair) => known.get(pair) ?? []))
    .unlink()
}

/** `record partner` -> the follower. */
async function followersAt(env: Env, modelName: string, resIds: readonly number[]): Promise<Map<string, number>> {
  const all = env.sudo(REASON)['mail.followers']
  const found = await (
    await all.search([
      ['res_model', '=', modelName],
      ['res_id', 'in', resIds],
    ])
  ).load(['res_id', 'partner_id'])
  return new Map(found.map((one) => [`${one.res_id} ${one.partner_id.id}`, one.id]))
}

/** What each contact follows: those given, else the default ones; people from outside get nothing internal by default. */
async function subtypesFor(
  env: Env,
  modelName: string,
  partnerIds: readonly number[],
  given: readonly number[] | undefined,
): Promise<ReadonlyMap<number, readonly number[]>> {
  if (given) return new Map(partnerIds.map((id) => [id, given]))
  const defaults = (await subtypesOf(env, modelName)).filter(({ isDefault }) => isDefault)
  const all = defaults.map(({ id }) => id)
  const shared = defaults.filter(({ internal }) => !internal).map(({ id }) => id)
  if (all.length === shared.length) return new Map(partnerIds.map((id) => [id, all]))
  const partners = await env.sudo(REASON)['res.partner'].browse(partnerIds).load(['partner_share'])
  return new Map(partners.map((one) => [one.id, one.partner_share ? shared : all]))
}
