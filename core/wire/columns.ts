import type { FieldInfo } from '../fields/info.ts'
import type { Env } from '../orm/env.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Row } from '../sql/connection.ts'
import { readBinarySizes } from '../orm/binary.ts'
import { outsideRules } from '../orm/check-access.ts'
import { computeValues } from '../orm/compute/run.ts'
import { loadData } from '../orm/load.ts'
import { ensureMany, manyKey } from '../orm/relations.ts'
import { cacheValue, isMany, isMultiValued, readValue } from '../orm/values.ts'
import { readBinary } from '../orm/binary.ts'
import { checkModelAccess } from '../security/access.ts'
import { displayNames } from './names.ts'
import { withDefinitions } from './properties.ts'
import { sizeInWords } from './size.ts'

/** How a many2one reads: as `[id, name]`, or as the id alone. */
export type Naming = 'pairs' | 'ids'

/** Gives the wire value of one field for each of the rows; what it needs besides them is read once for all. */
export async function wireColumn(
  env: Env,
  info: ModelInfo,
  field: FieldInfo,
  rows: readonly Row[],
  naming: Naming,
): Promise<(row: Row) => unknown> {
  if (field.column === null) return derived(env, info, field, rows, naming)
  const { name, kind } = field
  if (isMultiValued(field)) {
    const valueOf = (row: Row): unknown => readValue(env, field, cacheValue(field, row[name]))
    return field.type === 'many2one'
      ? paired(env, field, rows, valueOf, naming)
      : (row) => kind.toWire(valueOf(row), field)
  }
  if (field.type === 'many2one') return paired(env, field, rows, (row) => row[name], naming)
  if (field.type === 'properties') return withDefinitions(env, info, field, rows)
  // text, dates and the like are in the column as clients read them
  if (kind.text || field.type === 'datetime' || field.type === 'date') return (row) => row[name] ?? false
  return (row) => kind.toWire(kind.fromColumn(row[name], field), field)
}

/** Fields without a column: x2many, attached files, computed and related values. */
async function derived(
  env: Env,
  info: ModelInfo,
  field: FieldInfo,
  rows: readonly Row[],
  naming: Naming,
): Promise<(row: Row) => unknown> {
  const ids = rows.map((row) => row['id'] as number)
  if (field.stored && isMany(field)) {
    await ensureMany(env, info, ids, [field])
    const key = manyKey(env, field)
    return visible(
      env,
      field,
      (row) => (env.transaction.cache.find(info.name, row['id'] as number)?.[key] as number[] | undefined) ?? [],
      rows,
    )
  }
  if (field.stored && field.type === 'binary') {
    if (env.context.bin_size) {
      const sizes = await readBinarySizes(env, info, field, ids)
      return (row) => (sizes.has(row['id'] as number) ? sizeInWords(sizes.get(row['id'] as number) as number) : false)
    }
    const contents = await readBinary(env, info, field, ids)
    return (row) => field.kind.toWire(contents.get(row['id'] as number), field)
  }
  const values = await relatedOrComputed(env, info, field, ids)
  const valueOf = (row: Row): unknown => values.get(row['id'] as number)
  if (isMany(field)) return visible(env, field, (row) => (valueOf(row) as number[] | undefined) ?? [], rows)
  if (field.type === 'many2one') return paired(env, field, rows, valueOf, naming)
  if (field.type === 'binary' && env.context.bin_size) {
    return (row) => (valueOf(row) instanceof Uint8Array ? sizeInWords((valueOf(row) as Uint8Array).length) : false)
  }
  return (row) => field.kind.toWire(valueOf(row) ?? field.kind.empty, field)
}

async function relatedOrComputed(
  env: Env,
  info: ModelInfo,
  field: FieldInfo,
  ids: readonly number[],
): Promise<ReadonlyMap<number, unknown>> {
  if (field.computes.length === 0 && !field.related) {
    const data = await loadData(env, info, ids, [field.name])
    return new Map(data.map((record) => [record.id, record[field.name]]))
  }
  return computeValues(env, info, field, ids)
}

/** A many2one shows its name even where the record itself is out of reach. */
async function paired(
  env: Env,
  field: FieldInfo,
  rows: readonly Row[],
  valueOf: (row: Row) => unknown,
  naming: Naming,
): Promise<(row: Row) => unknown> {
  if (naming === 'ids') return (row) => valueOf(row) ?? false
  const targets = new Set<number>()
  for (const row of rows) {
    const id = valueOf(row)
    if (typeof id === 'number') targets.add(id)
  }
  const names = await displayNames(env, field.comodel as string, [...targets])
  return (row) => {
    const id = valueOf(row)
    const name = typeof id === 'number' ? names.get(id) : undefined
    return name === undefined ? false : [id, name]
  }
}

/** Lines out of reach are left out. */
async function visible(
  env: Env,
  field: FieldInfo,
  idsOf: (row: Row) => readonly number[],
  rows: readonly Row[],
): Promise<(row: Row) => unknown> {
  if (env.su) return idsOf
  const comodel = env.registry.get(field.comodel as string)
  await checkModelAccess(env, comodel, 'read')
  const hidden = new Set(await outsideRules(env, comodel, [...new Set(rows.flatMap(idsOf))], 'read'))
  return hidden.size === 0 ? idsOf : (row) => idsOf(row).filter((id) => !hidden.has(id))
}
