import type { FieldInfo } from '../fields/info.ts'
import type { Losses } from '../orm/addon-service.ts'
import type { Env } from '../orm/env.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Registry } from '../orm/registry.ts'
import { REFLECTED } from '../datafiles/orphans.ts'
import type { Dropped } from '../schema/index.ts'
import { ident, join, raw, sql, type Sql } from '../sql/fragment.ts'
import { chunk, groupBy } from '../tools/iter.ts'

/** What models have and others no longer do. */
export interface GoneParts {
  readonly models: readonly ModelInfo[]
  /** Stored fields of models that stay. */
  readonly fields: readonly FieldInfo[]
  /** Choices of selections that stay. */
  readonly values: readonly { readonly field: FieldInfo; readonly value: string }[]
}

/** A record that files of the addons brought. */
export interface GoneRecord {
  readonly xmlid: string
  readonly model: string
  readonly id: number
}

const hasTable = ({ kind }: ModelInfo): boolean => kind === 'model' || kind === 'transient'

/** Compares the models that are there with those that will be. What people declared is among it where it cannot stay. */
export function goneParts(before: Registry, after: Registry): GoneParts {
  const models: ModelInfo[] = []
  const fields: FieldInfo[] = []
  const values: { field: FieldInfo; value: string }[] = []
  for (const model of before.models()) {
    if (!after.has(model.name)) {
      if (!model.manual) models.push(model)
      continue
    }
    const stays = after.get(model.name).fields
    for (const field of model.fields.values()) {
      const now = stays.get(field.name)
      if (
        field.manual
          ? field.comodel !== null && !after.has(field.comodel) && before.has(field.comodel)
          : !now && field.stored
      )
        fields.push(field)
      else if (now) values.push(...goneValues(field, now))
    }
  }
  return { models, fields, values }
}

function goneValues(field: FieldInfo, now: FieldInfo): { field: FieldInfo; value: string }[] {
  if (field.column === null || typeof field.selection !== 'object' || typeof now.selection !== 'object') return []
  return Object.keys(field.selection ?? {})
    .filter((value) => !Object.hasOwn(now.selection ?? {}, value))
    .map((value) => ({ field, value }))
}

/** Tables and columns that go with the parts. */
export function droppedOf({ models, fields }: GoneParts, before: Registry, after: Registry): Dropped {
  const kept = new Set([...after.models()].flatMap((model) => relationsOf(model)))
  const relations = [...models.flatMap(relationsOf), ...fields.flatMap((field) => field.relation?.table ?? [])]
  return {
    tables: new Set([
      ...models.filter(hasTable).map(({ table }) => table),
      ...relations.filter((table) => !kept.has(table)),
    ]),
    views: new Set(models.filter(({ kind }) => kind === 'view').map(({ table }) => table)),
    columns: new Set(
      fields.flatMap((field) => (field.column === null ? [] : `${before.get(field.model).table}.${field.name}`)),
    ),
  }
}

const relationsOf = (model: ModelInfo): string[] =>
  [...model.fields.values()].flatMap((field) => field.relation?.table ?? [])

/**
 * The records that files of the addons brought into models that stay and that no other addon names, the youngest first.
 */
export async function goneRecords(env: Env, modules: readonly string[], after: Registry): Promise<GoneRecord[]> {
  const rows = await env.connection.rows<{ xmlid: string; model: string; id: number }>(sql`
    SELECT d.module || '.' || d.name AS xmlid, d.model, d.res_id AS id FROM ir_model_data d
    WHERE ${env.dialect.anyOf(sql`d.module`, modules)} AND d.res_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM ir_model_data other
      WHERE other.model = d.model AND other.res_id = d.res_id AND NOT ${env.dialect.anyOf(sql`other.module`, modules)})
    ORDER BY d.id DESC`)
  return rows.filter(({ model }) => !REFLECTED.has(model) && after.has(model))
}

/** What is lost when the modules go, in numbers. */
export async function lossesOf(
  env: Env,
  modules: readonly string[],
  parts: GoneParts,
  after: Registry,
): Promise<Losses> {
  const { registry } = env
  const models = parts.models.filter(hasTable)
  const counts = await countAll(env, [
    ...models.map(({ table }) => sql`SELECT count(*) AS n FROM ${ident(table)}`),
    ...parts.fields.map((field) => holding(registry, field)),
    ...parts.values.map(
      ({ field, value }) => sql`
      SELECT count(*) AS n FROM ${ident(registry.get(field.model).table)} WHERE ${ident(field.name)} = ${value}`,
    ),
  ])
  const numbers = counts.values()
  const next = (): number => numbers.next().value ?? 0
  return {
    modules,
    models: models.map(({ name, description }) => ({ model: name, name: description, records: next() })),
    fields: parts.fields.map(({ model, name, label }) => ({ model, field: name, label, records: next() })),
    values: parts.values.map(({ field, value }) => ({ model: field.model, field: field.name, value, records: next() })),
    records: await recordsByModel(env, modules, after),
  }
}

async function recordsByModel(env: Env, modules: readonly string[], after: Registry): Promise<Losses['records']> {
  const byModel = groupBy(await goneRecords(env, modules, after), ({ model }) => model)
  return [...byModel]
    .map(([model, records]) => ({ model, xmlids: records.map(({ xmlid }) => xmlid).toSorted() }))
    .toSorted((a, b) => (a.model < b.model ? -1 : 1))
}

/** Counts the records that hold a value of the field. */
function holding(registry: Registry, { model, name, column, relation, type, comodel, inverse }: FieldInfo): Sql {
  const { table } = registry.get(model)
  if (column !== null) return sql`SELECT count(${ident(name)}) AS n FROM ${ident(table)}`
  if (relation) return sql`SELECT count(DISTINCT ${ident(relation.column1)}) AS n FROM ${ident(relation.table)}`
  const lines = type === 'one2many' && comodel !== null && inverse !== null ? registry.get(comodel) : undefined
  const mirror = lines?.fields.get(inverse ?? '')
  if (lines && mirror?.column === 'integer' && mirror.type === 'many2one') {
    return sql`SELECT count(DISTINCT ${ident(mirror.name)}) AS n FROM ${ident(lines.table)}`
  }
  if (type === 'binary') {
    return sql`SELECT count(DISTINCT res_id) AS n FROM ir_attachment WHERE res_model = ${model} AND res_field = ${name}`
  }
  return sql`SELECT 0 AS n`
}

/** Databases limit how many queries can be put together. */
const TOGETHER = 100

async function countAll(env: Env, queries: readonly Sql[]): Promise<number[]> {
  const counts: number[] = []
  for (const part of chunk(queries, TOGETHER)) {
    const numbered = part.map((query, i) => sql`SELECT ${raw(String(i))} AS i, n FROM (${query}) AS q`)
    const rows = await env.connection.rows<{ i: number; n: number }>(join(numbered, ' UNION ALL '))
    const byPlace = new Map(rows.map(({ i, n }) => [i, Number(n)]))
    counts.push(...part.map((_query, i) => byPlace.get(i) ?? 0))
  }
  return counts
}
