import type { FieldInfo } from '../fields/info.ts'
import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'
import type { Loose } from './operations.ts'
import { checkModelAccess, VERBS } from '../security/access.ts'
import { ACCESS_RULE } from '../security/access-errors.ts'
import { ruleNames } from '../security/rules.ts'
import { roundAmounts } from './amounts.ts'
import { writeBinary } from './binary.ts'
import { outsideRules } from './check-access.ts'
import { applyCommands } from './commands.ts'
import { columnTypeOf, flush } from './compute/flush.ts'
import { modified } from './compute/modified.ts'
import { recompute } from './compute/recompute.ts'
import { markStale } from './compute/stale-marks.ts'
import { checkConstraints } from './constraints.ts'
import { fieldDefault, perRecord } from './defaults.ts'
import { FIELD_REQUIRED, MODEL_READ_ONLY } from './errors.ts'
import { reserveIds } from './ids.ts'
import { applyInverses } from './inverse.ts'
import { forgetParents } from './lists.ts'
import { placeInTree } from './parent-path.ts'
import { splitValues, type SplitValues } from './split.ts'
import { columnValue, isMany, writtenValue } from './values.ts'
import { explained } from './violations.ts'

/**
 * Creates one record per element: defaults, delegated records, computed values, one INSERT, then lines and links,
 * then the declared checks and the rules. Answers the new ids in order.
 */
export async function create(env: Env, model: string, list: readonly Loose[]): Promise<readonly number[]> {
  const info = env.registry.get(model)
  if (info.kind === 'abstract' || info.kind === 'view') throw new MODEL_READ_ONLY(model)
  await checkModelAccess(env, info, 'create')
  if (list.length === 0) return []
  const records = (await withDefaults(env, info, list)).map((values) => splitValues(env, info, values))
  await createDelegated(env, info, records)
  const ids =
    info.idFrom === null ? await reserveIds(env, info, records.length) : await createTwins(env, info.idFrom, records)
  const inserting = reserve(env, info, ids)
  try {
    fillCache(env, info, ids, records)
    await computeBeforeInsert(env, info, ids, records)
    await placeInTree(env, info, ids)
    await insert(env, info, ids)
    env.transaction.touch(info.name, ids)
  } finally {
    for (const id of ids) inserting.delete(id)
  }
  env.transaction.verified.clear()
  forgetParents(env, info, ids)
  await afterInsert(env, info, ids, records)
  return ids
}

interface KnownDefaults {
  readonly values: Loose
  /** Those whose default may differ from record to record. */
  readonly own: readonly FieldInfo[]
}

/** Adds defaults to what was given; they are asked for once for all records that give the same fields. */
async function withDefaults(env: Env, info: ModelInfo, list: readonly Loose[]): Promise<Loose[]> {
  const known = new Map<string, KnownDefaults>()
  const complete: Loose[] = []
  for (const values of list) {
    // a record behind that is there already keeps its values
    const held = new Set([...info.delegates.values()].filter((through) => Boolean(values[through])))
    const key = [...Object.keys(values), ...held].join(' ')
    let found = known.get(key)
    if (!found) {
      const missing = [...info.fields.values()].filter(
        (field) =>
          values[field.name] === undefined &&
          mayDefault(info, field) &&
          !(field.inherited && held.has(field.related?.[0] as string)),
      )
      const defaults = await env.model(info.name).default_get(missing.map((field) => field.name))
      known.set(key, (found = { values: defaults, own: await perRecord(env, info, missing) }))
    }
    const own: Loose = {}
    for (const field of found.own) own[field.name] = await fieldDefault(env, field)
    complete.push({ ...found.values, ...own, ...values })
  }
  return complete
}

function mayDefault(info: ModelInfo, field: FieldInfo): boolean {
  // a delegated record has defaults of its own
  return (
    field.name !== 'id' &&
    field.name !== 'display_name' &&
    !(field.related && !field.inherited) &&
    !info.delegates.has(field.name)
  )
}

/** Creates the records behind `_inherits`, or writes to the ones that were given. */
async function createDelegated(env: Env, info: ModelInfo, records: readonly SplitValues[]): Promise<void> {
  for (const [comodel, through] of info.delegates) {
    const field = info.fields.get(through) as FieldInfo
    const without = records.filter((record) => (record.columns.get(field) ?? null) === null)
    const created =
      without.length > 0
        ? await env.model(comodel).create(without.map((record) => record.delegated.get(comodel) ?? {}))
        : undefined
    for (const [i, record] of without.entries()) record.columns.set(field, created?.ids[i])
    for (const record of records) {
      const values = record.delegated.get(comodel)
      if (values && !without.includes(record))
        await env.model(comodel, [record.columns.get(field) as number]).write(values)
    }
  }
}

/** Creates the records of another model that these are numbered with; gives their ids. */
async function createTwins(env: Env, model: string, records: readonly SplitValues[]): Promise<readonly number[]> {
  const { fields } = env.registry.get(model)
  const values = records.map(({ columns }) => {
    const shared: Loose = {}
    for (const [{ name }, value] of columns) if (fields.get(name)?.column) shared[name] = value
    return shared
  })
  return (await env.sudo('a record and its number come together').model(model).create(values)).ids
}

function reserve(env: Env, info: ModelInfo, ids: readonly number[]): Set<number> {
  let inserting = env.transaction.unsaved.get(info.name)
  if (!inserting) env.transaction.unsaved.set(info.name, (inserting = new Set()))
  for (const id of ids) inserting.add(id)
  return inserting
}

function fillCache(env: Env, info: ModelInfo, ids: readonly number[], records: readonly SplitValues[]): void {
  const { cache, now } = env.transaction
  const lists = [...info.fields.values()].filter((field) => field.stored && isMany(field)).map((field) => field.name)
  // one shape for all records: every value has its place before the first is set
  const empty: Loose = {}
  for (const field of info.columns) empty[field.name] = null
  for (const name of lists) empty[name] = null
  if (info.logAccess)
    Object.assign(empty, { create_uid: env.uid, create_date: now, write_uid: env.uid, write_date: now })
  for (const [i, id] of ids.entries()) {
    const record: Loose = { ...empty, id }
    for (const [field, value] of (records[i] as SplitValues).columns)
      record[field.name] = writtenValue(env, field, value, undefined)
    for (const name of lists) record[name] = []
    cache.put(info.name, id, record)
  }
}

/** Computed columns are right from the start: they are computed from the cache before the row exists. */
async function computeBeforeInsert(
  env: Env,
  info: ModelInfo,
  ids: readonly number[],
  records: readonly SplitValues[],
): Promise<void> {
  const computed = info.columns.filter((field) => env.registry.graph.order.has(field))
  const { order } = env.registry.graph
  computed.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
  for (const field of computed) {
    markStale(
      env.transaction,
      info.name,
      field.name,
      ids.filter((_, i) => !(records[i] as SplitValues).columns.has(field)),
    )
  }
  for (const field of computed) await recompute(env, info, field)
  await roundAmounts(env, info, ids, info.columns)
}

async function insert(env: Env, info: ModelInfo, ids: readonly number[]): Promise<void> {
  const { cache } = env.transaction
  const columns = info.columns.map((field) => ({
    name: field.name,
    type: field.name === 'id' ? ('id' as const) : columnTypeOf(field),
  }))
  const cached = ids.map((id) => cache.record(info.name, id))
  const rows: unknown[][] = ids.map(() => [])
  // column by column: what is special about a field is looked at once, and a value that repeats is converted once
  for (const field of info.columns) {
    let before: unknown
    let converted: unknown
    for (const [i, record] of cached.entries()) {
      const value = record[field.name]
      if (i === 0 || value !== before) {
        before = value
        converted = columnValue(field, value)
        if (field.required && (converted === null || converted === undefined)) {
          throw new FIELD_REQUIRED(info.description, info.name, field.label, field.name).with({
            model: info.name,
            field: field.name,
          })
        }
      }
      ;(rows[i] as unknown[]).push(converted)
    }
  }
  await explained(env, info, ids, () => env.connection.insert(info.table, columns, rows))
}

async function afterInsert(
  env: Env,
  info: ModelInfo,
  ids: readonly number[],
  records: readonly SplitValues[],
): Promise<void> {
  const collect = <T>(pick: (record: SplitValues) => ReadonlyMap<FieldInfo, T>): Map<FieldInfo, Map<number, T>> => {
    const byField = new Map<FieldInfo, Map<number, T>>()
    for (const [i, record] of records.entries()) {
      for (const [field, value] of pick(record)) {
        let values = byField.get(field)
        if (!values) byField.set(field, (values = new Map()))
        values.set(ids[i] as number, value)
      }
    }
    return byField
  }
  await modified(env, info, info.fields.values(), ids, true)
  for (const [field, contents] of collect((record) => record.binaries)) await writeBinary(env, info, field, contents)
  const lines = withoutDefaultsOf(env)
  for (const [field, commands] of collect((record) => record.many)) await applyCommands(lines, info, field, commands)
  await applyInverses(
    env,
    info,
    collect((record) => record.inverse),
  )
  await checkConstraints(env, info, ids, null)
  if (env.su) return
  await flush(env)
  const refused = await outsideRules(env, info, ids, 'create')
  if (refused.length > 0) {
    throw new ACCESS_RULE(
      VERBS.create,
      info.description,
      info.name,
      refused,
      await ruleNames(env, info, 'create'),
    ).with({ model: info.name, operation: 'create' })
  }
}

/** The environment for records inside of those that are created: the context's `default_FIELD` are for the outer ones. */
function withoutDefaultsOf(env: Env): Env {
  const kept = Object.entries(env.context).filter(([key]) => !key.startsWith('default_'))
  return kept.length === Object.keys(env.context).length ? env : env.with({ onlyContext: Object.fromEntries(kept) })
}
