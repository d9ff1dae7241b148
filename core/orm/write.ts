import type { FieldInfo } from '../fields/info.ts'
import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'
import type { Loose } from './operations.ts'
import { roundAmounts } from './amounts.ts'
import { writeBinary } from './binary.ts'
import { checkAccess } from './check-access.ts'
import { fetchColumns } from './columns.ts'
import { applyCommands } from './commands.ts'
import { updateRows } from './compute/flush.ts'
import { modified } from './compute/modified.ts'
import { unmarkStale } from './compute/stale-marks.ts'
import { checkConstraints } from './constraints.ts'
import { FIELD_REQUIRED, MODEL_READ_ONLY, RECORD_MISSING } from './errors.ts'
import { applyInverses } from './inverse.ts'
import { decidesLists, forgetLists } from './lists.ts'
import { moveInTree } from './parent-path.ts'
import { splitValues } from './split.ts'
import { sameValue, writtenValue } from './values.ts'
import { explained } from './violations.ts'

/**
 * Writes the same values to every record. Only what differs reaches the table, and only that makes computed values
 * stale: writing what is there already touches nothing.
 */
export async function write(env: Env, model: string, ids: readonly number[], values: Loose): Promise<void> {
  const info = env.registry.get(model)
  if (info.kind === 'abstract' || info.kind === 'view') throw new MODEL_READ_ONLY(model)
  await checkAccess(env, model, ids, 'write')
  const split = splitValues(env, info, values)
  if (ids.length === 0) return
  const fields = [...split.columns.keys()]
  await presentRows(env, info, ids, fields)
  await writeColumns(env, info, ids, split.columns)
  for (const [field, content] of split.binaries)
    await writeBinary(env, info, field, new Map(ids.map((id) => [id, content])))
  await writeDelegated(env, info, ids, split.delegated)
  for (const [field, commands] of split.many)
    await applyCommands(env, info, field, new Map(ids.map((id) => [id, commands])))
  await applyInverses(
    env,
    info,
    new Map([...split.inverse].map(([field, value]) => [field, new Map(ids.map((id) => [id, value]))])),
  )
  await checkConstraints(env, info, ids, new Set(Object.keys(values)))
}

/** Reads what is there. @throws RECORD_MISSING */
async function presentRows(
  env: Env,
  info: ModelInfo,
  ids: readonly number[],
  fields: readonly FieldInfo[],
): Promise<void> {
  const read = fields.length > 0 ? fields : [info.fields.get('id') as FieldInfo]
  await fetchColumns(env, info, ids, read)
  const name = (read[0] as FieldInfo).name
  const missing = ids.filter((id) => !(name in (env.transaction.cache.find(info.name, id) ?? {})))
  if (missing.length > 0)
    throw new RECORD_MISSING(info.description, info.name, missing).with({ model: info.name, ids: missing })
}

async function writeColumns(
  env: Env,
  info: ModelInfo,
  ids: readonly number[],
  values: ReadonlyMap<FieldInfo, unknown>,
): Promise<void> {
  if (values.size === 0) return
  const { cache, now } = env.transaction
  const { backward } = env.registry.graph
  const changes = new Map<FieldInfo, number[]>()
  for (const [field, value] of values) {
    if (field.required && value === null) {
      throw new FIELD_REQUIRED(info.description, info.name, field.label, field.name).with({
        model: info.name,
        field: field.name,
      })
    }
    const changed = ids.filter((id) => {
      const before = cache.record(info.name, id)[field.name]
      return !sameValue(field, before, writtenValue(env, field, value, before))
    })
    if (changed.length > 0) changes.set(field, changed)
  }
  // what was given stands, whatever waits to be recomputed
  for (const field of values.keys()) unmarkStale(env.transaction, info.name, ids, field.name)
  if (changes.size === 0) return
  const touched = [...new Set([...changes.values()].flat())]
  const parent = changes.get(info.fields.get(info.parentName) as FieldInfo)
  if (parent)
    await moveInTree(env, info, parent, values.get(info.fields.get(info.parentName) as FieldInfo) as number | null)
  // records that lose a line are to be recomputed as well as those that get it
  const leaving = [...changes].filter(([field]) => backward.has(`${info.name}.${field.name}`))
  for (const [field, changed] of leaving) await modified(env, info, [field], changed)
  const listed = decidesLists(env, info, changes.keys())
  if (listed) forgetLists(env, info, touched)
  for (const [field, changed] of changes) {
    for (const id of changed) {
      const record = cache.record(info.name, id)
      record[field.name] = writtenValue(env, field, values.get(field), record[field.name])
    }
  }
  if (listed) forgetLists(env, info, touched)
  await roundAmounts(env, info, touched, changes.keys())
  const written = [...changes.keys()]
  if (info.logAccess) {
    for (const id of touched) Object.assign(cache.record(info.name, id), { write_uid: env.uid, write_date: now })
    for (const name of ['write_uid', 'write_date']) {
      const field = info.fields.get(name) as FieldInfo
      if (!values.has(field)) written.push(field)
    }
  }
  env.transaction.verified.clear()
  await explained(env, info, touched, () => updateRows(env, info, written, touched))
  for (const [field, changed] of changes) await modified(env, info, [field], changed)
  for (const field of values.keys()) unmarkStale(env.transaction, info.name, ids, field.name)
}

async function writeDelegated(
  env: Env,
  info: ModelInfo,
  ids: readonly number[],
  delegated: ReadonlyMap<string, Loose>,
): Promise<void> {
  for (const [comodel, values] of delegated) {
    const through = info.fields.get(info.delegates.get(comodel) as string) as FieldInfo
    await fetchColumns(env, info, ids, [through])
    const targets = ids.flatMap(
      (id) => (env.transaction.cache.record(info.name, id)[through.name] as number | null) ?? [],
    )
    await env.model(comodel, [...new Set(targets)]).write(values)
  }
}
