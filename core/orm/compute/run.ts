import type { FieldInfo } from '../../fields/info.ts'
import type { Env } from '../env.ts'
import type { ModelInfo } from '../model-info.ts'
import type { ComputeStatement, Datum } from '../statements.ts'
import { internals } from '../internals.ts'
import { isMany } from '../values.ts'

/**
 * The values of a computed or related field: id -> value. What all of its layers depend on is loaded once for the
 * set, then they run without waiting (those that search: each once for the set). Runs with the system's rights.
 */
export async function computeValues(
  env: Env,
  info: ModelInfo,
  field: FieldInfo,
  ids: readonly number[],
): Promise<Map<number, unknown>> {
  const system = env.sudo('computed values do not depend on who reads them')
  if (field.related) {
    const data = await internals.loadData(system, info, ids, [field.related.join('.')])
    return new Map(
      data.map((record) => [record.id, normalized(field, walk(record, field.related as readonly string[]))]),
    )
  }
  const paths = [...new Set(field.computes.flatMap((statement) => statement.depends))]
  const data = paths.length > 0 ? await internals.loadData(system, info, ids, paths) : ids.map((id): Datum => ({ id }))
  let values: ReadonlyMap<number, unknown> = new Map(data.map((record) => [record.id, field.kind.empty]))
  for (const statement of field.computes) values = await layer(system, info, statement, data, values)
  return new Map([...values].map(([id, value]) => [id, normalized(field, value)]))
}

async function layer(
  env: Env,
  info: ModelInfo,
  statement: ComputeStatement,
  data: readonly Datum[],
  below: ReadonlyMap<number, unknown>,
): Promise<ReadonlyMap<number, unknown>> {
  const { run, runBatch } = statement
  if (run) return new Map(data.map((record) => [record.id, run(record, () => below.get(record.id))]))
  return runBatch ? new Map([...below, ...(await runBatch(data, env, below, info.name))]) : below
}

/** The value at the end of a path; through a list the first record counts. */
function walk(record: Datum, path: readonly string[]): unknown {
  let value: unknown = record
  for (const [i, name] of path.entries()) {
    if (value === null || value === undefined) return null
    value = (value as Record<string, unknown>)[name]
    if (Array.isArray(value) && i < path.length - 1) value = value[0] ?? null
  }
  return value
}

function normalized(field: FieldInfo, value: unknown): unknown {
  if (isMany(field))
    return ((value ?? []) as readonly (number | { id: number })[]).map((one) =>
      typeof one === 'number' ? one : one.id,
    )
  if (field.type === 'selection' && typeof field.selection === 'function') return value ?? null
  const accepted = field.kind.accept(value, field)
  return accepted ?? field.kind.empty
}
