import { randomUUID } from 'node:crypto'
import type { Env } from './env.ts'
import { internals } from './internals.ts'
import { externalIdsOf, giveExternalIds } from './transfer/external-ids.ts'
import { formatDatetime } from '../tools/dates.ts'
import { checkAccess } from './check-access.ts'

/** The module of external ids that an export makes up. */
const EXPORTED = '__export__'

/** Who made a record and when, and its external ids, in the form that clients read: `false` for what is not there. */
export interface Metadata {
  readonly id: number
  readonly create_uid: readonly [id: number, name: string] | false
  /** `YYYY-MM-DD HH:MM:SS` in UTC. */
  readonly create_date: string | false
  readonly write_uid: readonly [id: number, name: string] | false
  readonly write_date: string | false
  readonly noupdate: boolean
  readonly xmlid: string | false
  readonly xmlids: readonly { readonly xmlid: string; readonly noupdate: boolean }[]
}

/**
 * Author, dates and external ids of the records that are there, in the order given.
 * @throws ACCESS_MODEL, ACCESS_RULE
 */
export async function getMetadata(env: Env, model: string, ids: readonly number[]): Promise<Metadata[]> {
  const info = env.registry.get(model)
  const { ids: there } = await env.model(model, ids).exists()
  await checkAccess(env, model, there, 'read')
  const logged = ['create_uid', 'create_date', 'write_uid', 'write_date'].filter((name) => info.fields.has(name))
  const paths = logged.map((name) => (info.fields.get(name)?.comodel ? `${name}.display_name` : name))
  const system = env.sudo('whoever reads a record may know who wrote it')
  const data = await internals.loadData(system, info, there, ['id', ...paths])
  const known = await externalIdsOf(env, model, there)
  return data.map((record) => {
    const own = (known.get(record.id) ?? []).map(({ xmlid, noupdate }) => ({ xmlid, noupdate }))
    return {
      id: record.id,
      create_uid: named(record['create_uid']),
      create_date: moment(record['create_date']),
      write_uid: named(record['write_uid']),
      write_date: moment(record['write_date']),
      noupdate: own[0]?.noupdate ?? false,
      xmlid: own[0]?.xmlid ?? false,
      xmlids: own,
    }
  })
}

function named(user: unknown): readonly [number, string] | false {
  if (typeof user !== 'object' || user === null) return false
  const { id, display_name } = user as { id: number; display_name: string | null }
  return [id, display_name ?? '']
}

function moment(value: unknown): string | false {
  return value instanceof Date ? formatDatetime(value) : false
}

/** The external id of each record, the first that it got; `''` for records without one. */
export async function getExternalId(env: Env, model: string, ids: readonly number[]): Promise<Record<number, string>> {
  const known = await externalIdsOf(env, model, ids)
  return Object.fromEntries(ids.map((id) => [id, known.get(id)?.[0]?.xmlid ?? '']))
}

/**
 * The external id of each record; records without one get one, `__export__.<table>_<id>_<8 hex digits>`. Two
 * statements at most, so that it must not run on a connection that only reads.
 */
export async function ensureExternalIds(env: Env, model: string, ids: readonly number[]): Promise<Map<number, string>> {
  const { table } = env.registry.get(model)
  const known = await externalIdsOf(env, model, ids)
  const fresh = [...new Set(ids)]
    .filter((id) => !known.has(id))
    .map((id) => ({ xmlid: `${EXPORTED}.${table}_${id}_${randomUUID().slice(0, 8)}`, model, id, noupdate: false }))
  await giveExternalIds(env, fresh)
  const made = new Map(fresh.map(({ id, xmlid }) => [id, xmlid]))
  return new Map(ids.map((id) => [id, known.get(id)?.[0]?.xmlid ?? (made.get(id) as string)]))
}
