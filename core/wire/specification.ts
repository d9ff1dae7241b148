import type { FieldInfo } from '../fields/info.ts'
import type { Env } from '../orm/env.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import { outsideRules } from '../orm/check-access.ts'
import { withClientContext } from '../orm/make-env.ts'
import { isMany } from '../orm/values.ts'
import { hasModelAccess } from '../security/access.ts'
import { checkContext } from './context.ts'
import { displayNames } from './names.ts'
import { askedFields, readRecords, searchRecords, type WireRecord } from './read.ts'

/** What a client wants of one field: nested fields of a relation, which lines, in which order. */
export interface FieldSpecification {
  readonly fields?: Specification
  readonly limit?: number
  readonly order?: string
  readonly context?: unknown
}
export type Specification = Readonly<Record<string, FieldSpecification>>

/** The records as the specification asks for them, relations nested to any depth: one query per model and relation. */
export async function specified(
  env: Env,
  model: string,
  ids: readonly number[],
  specification: Specification,
): Promise<WireRecord[]> {
  const info = env.registry.get(model)
  const names = Object.keys(specification)
  const records = await readRecords(env, model, ids, names.length > 0 ? await askedFields(env, info, names) : [], 'ids')
  return nest(env, info, records, specification)
}

/** The same for a search. */
export async function searchSpecified(
  env: Env,
  model: string,
  domain: readonly unknown[],
  specification: Specification,
  options: Parameters<typeof searchRecords>[4],
): Promise<WireRecord[]> {
  const info = env.registry.get(model)
  const names = Object.keys(specification)
  const records = await searchRecords(
    env,
    model,
    domain,
    names.length > 0 ? await askedFields(env, info, names) : [],
    options,
    'ids',
  )
  return nest(env, info, records, specification)
}

async function nest(
  env: Env,
  info: ModelInfo,
  records: WireRecord[],
  specification: Specification,
): Promise<WireRecord[]> {
  for (const [name, wanted] of Object.entries(specification)) {
    const field = info.fields.get(name) as FieldInfo
    if (field.type === 'reference') await nestReference(env, field, records, wanted)
    else if (!field.comodel || !wanted.fields) continue
    else if (isMany(field)) await nestLines(env, field, records, wanted)
    else await nestOne(env, field, records, wanted)
  }
  return records
}

async function narrowed(env: Env, wanted: FieldSpecification): Promise<Env> {
  return wanted.context ? withClientContext(env, checkContext(wanted.context)) : env
}

/** A many2one becomes an object; a record out of reach shows its name alone. */
async function nestOne(
  env: Env,
  field: FieldInfo,
  records: readonly WireRecord[],
  wanted: FieldSpecification,
): Promise<void> {
  const inner = await narrowed(env, wanted)
  const ids = [...new Set(records.map((record) => record[field.name]).filter((id) => typeof id === 'number'))]
  const model = field.comodel as string
  const { display_name: named, ...others } = wanted.fields ?? {}
  const byId = new Map<number, WireRecord>(ids.map((id) => [id, { id }]))
  if (Object.keys(others).length > 0) {
    const info = env.registry.get(model)
    const hidden = (await hasModelAccess(inner, info, 'read'))
      ? new Set(await outsideRules(inner, info, ids, 'read'))
      : new Set(ids)
    for (const record of await specified(
      inner,
      model,
      ids.filter((id) => !hidden.has(id)),
      others,
    ))
      byId.set(record.id, record)
  }
  if (named) {
    const names = await displayNames(inner, model, ids)
    for (const [id, record] of byId) record['display_name'] = names.get(id) ?? ''
  }
  for (const record of records) record[field.name] = byId.get(record[field.name] as number) ?? false
}

/** Lines become objects; those past the limit keep their id alone. */
async function nestLines(
  env: Env,
  field: FieldInfo,
  records: readonly WireRecord[],
  wanted: FieldSpecification,
): Promise<void> {
  const inner = await narrowed(env, wanted)
  const model = field.comodel as string
  const all = [...new Set(records.flatMap((record) => record[field.name] as number[]))]
  if (wanted.order && all.length > 0) {
    const everything = inner.with({ context: { active_test: false } })
    const sorted = (await everything.model(model).search([['id', 'in', all]], { order: wanted.order })).ids
    const place = new Map(sorted.map((id, i) => [id, i]))
    for (const record of records) {
      record[field.name] = (record[field.name] as number[]).toSorted(
        (a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0),
      )
    }
  }
  const shownOf = (ids: readonly number[]): readonly number[] => (wanted.limit ? ids.slice(0, wanted.limit) : ids)
  const shown = [...new Set(records.flatMap((record) => shownOf(record[field.name] as number[])))]
  const lines = new Map((await specified(inner, model, shown, wanted.fields ?? {})).map((line) => [line.id, line]))
  for (const record of records) {
    const ids = record[field.name] as number[]
    const full = new Set(shownOf(ids))
    record[field.name] = ids.map((id) => (full.has(id) ? (lines.get(id) ?? { id }) : { id }))
  }
}

async function nestReference(
  env: Env,
  field: FieldInfo,
  records: readonly WireRecord[],
  wanted: FieldSpecification,
): Promise<void> {
  if (!wanted.fields) return
  const targets = new Map<string, Set<number>>()
  for (const record of records) {
    const [model, id] = String(record[field.name] || '').split(',') as [string, string]
    if (model && env.registry.has(model)) targets.set(model, (targets.get(model) ?? new Set()).add(Number(id)))
  }
  const found = new Map<string, WireRecord>()
  for (const [model, ids] of targets) {
    const names = await displayNames(env, model, [...ids])
    for (const [id, name] of names)
      found.set(`${model},${id}`, { id, model, ...('display_name' in wanted.fields ? { display_name: name } : {}) })
  }
  for (const record of records) record[field.name] = found.get(String(record[field.name])) ?? false
}
