import type { FieldInfo } from '../fields/info.ts'
import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'
import type { Loose } from './operations.ts'
import { internals } from './internals.ts'
import { checkAccess } from './check-access.ts'
import { fetchColumns } from './columns.ts'
import { updateRows } from './compute/flush.ts'
import { ensureMany } from './relations.ts'
import { RECORD_MISSING } from './errors.ts'
import { isMany } from './values.ts'

const NEVER = new Set(['id', 'display_name', 'parent_path', 'create_uid', 'create_date', 'write_uid', 'write_date'])

function copied(info: ModelInfo, values: Loose): FieldInfo[] {
  const through = new Set(info.delegates.values())
  return [...info.fields.values()].filter(
    (field) =>
      field.copy &&
      !NEVER.has(field.name) &&
      !(field.name in values) &&
      !through.has(field.name) &&
      (field.stored || field.inherited),
  )
}

/** The values that a duplicate of each record is created from; lines of copied one2many fields included. */
export async function copyData(env: Env, model: string, ids: readonly number[], values: Loose): Promise<Loose[]> {
  const info = env.registry.get(model)
  await checkAccess(env, model, ids, 'read')
  const fields = copied(info, values)
  const plain = fields.filter((field) => field.type !== 'one2many')
  const system = env.sudo('a duplicate has all fields, seen or not')
  const data = await internals.loadData(
    system,
    info,
    ids,
    plain.map((field) => field.name),
  )
  const missing = ids.filter((id) => !data.some((record) => record.id === id))
  if (missing.length > 0) throw new RECORD_MISSING(info.description, model, missing).with({ model, ids: missing })
  const lines = await linesOf(
    env,
    info,
    ids,
    fields.filter((field) => field.type === 'one2many' && field.stored),
  )
  return data.map((record) => {
    const copy: Loose = {}
    for (const field of plain)
      copy[field.name] = isMany(field)
        ? [{ set: (record[field.name] as { id: number }[]).map((one) => one.id) }]
        : record[field.name]
    return { ...copy, ...lines.get(record.id), ...values }
  })
}

async function linesOf(
  env: Env,
  info: ModelInfo,
  ids: readonly number[],
  fields: readonly FieldInfo[],
): Promise<Map<number, Loose>> {
  const lines = new Map<number, Loose>(ids.map((id) => [id, {}]))
  await ensureMany(env, info, ids, fields)
  for (const field of fields) {
    const all = ids.flatMap((id) => env.transaction.cache.record(info.name, id)[field.name] as number[])
    const copies = await env.model(field.comodel as string, all).copy_data()
    const byId = new Map(all.map((id, i) => [id, copies[i] as Loose]))
    for (const id of ids) {
      const own = env.transaction.cache.record(info.name, id)[field.name] as number[]
      ;(lines.get(id) as Loose)[field.name] = own.map((line) => {
        const { [field.inverse as string]: _owner, ...rest } = byId.get(line) as Loose
        return { create: rest }
      })
    }
  }
  return lines
}

/** Gives duplicates the translations of what they were copied from, except of texts that were given. */
export async function copyTranslations(
  env: Env,
  model: string,
  from: readonly number[],
  to: readonly number[],
  given: Loose,
): Promise<void> {
  const info = env.registry.get(model)
  const fields = info.columns.filter((field) => field.translate && field.copy && !(field.name in given))
  if (fields.length === 0 || to.length === 0) return
  const { cache } = env.transaction
  await fetchColumns(env, info, [...from, ...to], fields)
  const changed = fields.filter((field) => {
    let differs = false
    for (const [i, id] of to.entries()) {
      const source = cache.find(info.name, from[i] as number)?.[field.name] as Loose | null
      const copy = cache.record(info.name, id)
      const text = (copy[field.name] as Loose | null)?.[env.lang]
      // a text that the model changed for the duplicate (a number, "(copy)") is its own in every language
      if (!source || Object.keys(source).length < 2 || source[env.lang] !== text) continue
      copy[field.name] = { ...source }
      differs = true
    }
    return differs
  })
  if (changed.length > 0) await updateRows(env, info, changed, to)
}
