import type { FieldInfo } from '../fields/info.ts'
import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'
import type { Datum } from './statements.ts'
import { FIELD_UNKNOWN } from '../fields/errors.ts'
import { checkFields, checkModelAccess } from '../security/access.ts'
import { readBinary } from './binary.ts'
import { checkAccess, outsideRules } from './check-access.ts'
import { ensureColumns } from './columns.ts'
import { computeValues } from './compute/run.ts'
import { sourceColumns } from './compute/sources.ts'
import { RECORD_MISSING } from './errors.ts'
import { pathTree, type PathTree } from './paths.ts'
import { ensureMany, manyKey } from './relations.ts'
import { REACHED_BY } from './unloaded.ts'
import { isMany, readValue } from './values.ts'

/** How values become what the reader gets: live records, or plain data for computes. `path` is the way to them: `'order_id.'`. */
type Make = (env: Env, info: ModelInfo, id: number, values: Record<string, unknown>, path: string) => object

const plain: Make = (_env, _info, id, values) => {
  values['id'] = id
  return values
}

const live: Make = (env, info, id, values, path) => {
  const record = new info.RecordSet(env as never, info.name, [id])
  if (path) Object.defineProperty(record, REACHED_BY, { value: path })
  Object.defineProperty(record, 'id', { value: id, enumerable: true })
  for (const name in values) Object.defineProperty(record, name, { value: values[name], enumerable: true })
  return record
}

/**
 * Records of which the paths can be read, in the order of the ids: one query per model and relation, never one per
 * record. The user's rights hold at every step: lines out of reach are left out.
 * @throws ACCESS_MODEL, ACCESS_RULE, ACCESS_FIELD, RECORD_MISSING, FIELD_UNKNOWN
 */
export async function load(
  env: Env,
  model: string,
  ids: readonly number[],
  paths: readonly string[],
): Promise<readonly object[]> {
  const info = env.registry.get(model)
  await checkAccess(env, model, ids, 'read')
  const records = await readTree(env, info, ids, pathTree(paths), live)
  const missing = ids.filter((id) => !records.has(id))
  if (missing.length > 0) throw new RECORD_MISSING(info.description, model, missing).with({ model, ids: missing })
  return ids.map((id) => records.get(id) as object)
}

/** The same as plain data, without those that do not exist: what computes, checks and onchanges get. */
export async function loadData(
  env: Env,
  info: ModelInfo,
  ids: readonly number[],
  paths: readonly string[],
): Promise<readonly Datum[]> {
  const records = await readTree(env, info, ids, pathTree(paths), plain)
  return ids.flatMap((id) => (records.get(id) as Datum | undefined) ?? [])
}

function fieldsOf(info: ModelInfo, tree: PathTree): FieldInfo[] {
  const fields = new Set<FieldInfo>()
  for (const name of tree.keys()) {
    if (name === '*') for (const field of info.columns) fields.add(field)
    else {
      const field = info.fields.get(name)
      if (!field) throw new FIELD_UNKNOWN(info.name, name).with({ model: info.name, field: name })
      fields.add(field)
    }
  }
  return [...fields]
}

async function readTree(
  env: Env,
  info: ModelInfo,
  ids: readonly number[],
  tree: PathTree,
  make: Make,
  path = '',
): Promise<Map<number, object>> {
  if (ids.length === 0) return new Map()
  const fields = fieldsOf(info, tree)
  checkFields(env, fields, 'read')
  const columns = [...new Set(fields.flatMap((field) => sourceColumns(info, field)))]
  const idField = info.fields.get('id') as FieldInfo
  await ensureColumns(env, info, ids, columns.length > 0 ? columns : [idField])
  const { cache } = env.transaction
  const rows = new Map<number, Record<string, unknown>>()
  const reference = (columns[0] ?? idField).name
  for (const id of ids) {
    const record = cache.find(info.name, id)
    if (record && reference in record) rows.set(id, {})
  }
  const found = [...rows.keys()]
  for (const field of fields) {
    if (field.name === 'id') continue
    const values = await valuesOf(env, info, field, found)
    const shown = field.comodel
      ? await related(env, field, values, tree.get(field.name) ?? new Map(), make, `${path}${field.name}.`)
      : values
    for (const [id, row] of rows) row[field.name] = shown.get(id) ?? field.kind.empty
  }
  return new Map([...rows].map(([id, values]) => [id, make(env, info, id, values, path)]))
}

/** The raw values of one field: ids for relations. */
async function valuesOf(
  env: Env,
  info: ModelInfo,
  field: FieldInfo,
  ids: readonly number[],
): Promise<Map<number, unknown>> {
  const { cache } = env.transaction
  if (field.column !== null)
    return new Map(ids.map((id) => [id, readValue(env, field, cache.find(info.name, id)?.[field.name])]))
  if (field.stored && isMany(field)) {
    await ensureMany(env, info, ids, [field])
    const key = manyKey(env, field)
    return new Map(ids.map((id) => [id, cache.find(info.name, id)?.[key] ?? []]))
  }
  // what a person typed into a computed field of a form counts until the form is saved
  if (env.transaction.draft && ids.every((id) => field.name in cache.record(info.name, id))) {
    return new Map(ids.map((id) => [id, cache.record(info.name, id)[field.name]]))
  }
  if (field.stored && field.type === 'binary') return readBinary(env, info, field, ids)
  return computeValues(env, info, field, ids)
}

/** Puts records in the place of ids. */
async function related(
  env: Env,
  field: FieldInfo,
  values: ReadonlyMap<number, unknown>,
  tree: PathTree,
  make: Make,
  path: string,
): Promise<Map<number, unknown>> {
  const comodel = env.registry.get(field.comodel as string)
  const many = isMany(field)
  const targets = new Set<number>()
  for (const value of values.values()) {
    if (many) for (const id of value as number[]) targets.add(id)
    else if (typeof value === 'number') targets.add(value)
  }
  if (many && !env.su) {
    await checkModelAccess(env, comodel, 'read')
    for (const id of await outsideRules(env, comodel, [...targets], 'read')) targets.delete(id)
  } else if (!env.su && tree.size > 0) await checkAccess(env, comodel.name, [...targets], 'read')
  if (tree.size === 0 && make === live) {
    return new Map(
      [...values].map(([id, value]) => [
        id,
        many
          ? env.model(
              comodel.name,
              (value as number[]).filter((one) => targets.has(one)),
            )
          : typeof value === 'number'
            ? live(env, comodel, value, {}, path)
            : null,
      ]),
    )
  }
  const records: ReadonlyMap<number, object> =
    tree.size === 0
      ? new Map([...targets].map((id) => [id, { id }]))
      : await readTree(env, comodel, [...targets], tree, make, path)
  return new Map(
    [...values].map(([id, value]) => [
      id,
      many ? (value as number[]).flatMap((one) => records.get(one) ?? []) : (records.get(value as number) ?? null),
    ]),
  )
}
