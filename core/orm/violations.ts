import type { FieldInfo } from '../fields/info.ts'
import type { Violation } from '../sql/connection.ts'
import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'
import { ident, sql } from '../sql/fragment.ts'
import { CONSTRAINT_FAILED, FIELD_REQUIRED, RECORD_IN_USE, REFERENCE_BROKEN, UNIQUE_FAILED } from './errors.ts'

/** Runs statements that change rows of a model; what the database refuses is told in the model's own words. */
export async function explained<T>(
  env: Env,
  info: ModelInfo,
  ids: readonly number[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const violation = env.db.violation(error)
    switch (violation.kind) {
      case 'unique':
      case 'check':
        throw broken(env, info, violation)
      case 'required':
        throw required(info, violation)
      case 'foreign':
        throw await foreign(env, info, ids, violation)
      default:
        throw error
    }
  }
}

function broken(env: Env, info: ModelInfo, violation: Violation): Error {
  for (const model of [info, ...env.registry.models()]) {
    const constraint = model.sqlConstraints.find(({ name, definition }) =>
      violation.constraint
        ? violation.constraint === `${model.table}_${name}`
        : model.table === violation.table && sameColumns(definition, violation),
    )
    if (!constraint) continue
    const details = { model: model.name, constraint: constraint.name }
    return violation.kind === 'unique'
      ? new UNIQUE_FAILED(constraint.message).with(details)
      : new CONSTRAINT_FAILED(constraint.message).with(details)
  }
  const what = violation.columns?.join(', ') ?? violation.constraint ?? 'a unique value'
  return new UNIQUE_FAILED(`${info.description} (${info.name}): a record with the same ${what} exists already.`).with({
    model: info.name,
  })
}

/** SQLite names the columns of a unique constraint, not the constraint. */
function sameColumns(definition: string, violation: Violation): boolean {
  const columns = /unique\s*\(([^)]*)\)/i
    .exec(definition)?.[1]
    ?.split(',')
    .map((column) => column.trim())
  return columns !== undefined && columns.join(',') === violation.columns?.join(',')
}

function required(info: ModelInfo, violation: Violation): Error {
  const name = violation.columns?.[0] ?? ''
  return new FIELD_REQUIRED(info.description, info.name, info.fields.get(name)?.label ?? name, name).with({
    model: info.name,
    field: name,
  })
}

/** Either a value of these records points nowhere, or others point to records that are being deleted. */
async function foreign(env: Env, info: ModelInfo, ids: readonly number[], violation: Violation): Promise<Error> {
  if (violation.constraint && violation.table) {
    const model = [...env.registry.models()].find(({ table, kind }) => table === violation.table && kind !== 'abstract')
    const field =
      model && longest([...model.fields.values()].filter(({ name }) => violation.constraint?.includes(name)))
    if (model && field && model !== info)
      return new RECORD_IN_USE(info.description, `${model.description} (${model.name}.${field.name})`)
    if (field?.comodel) return dangling(env, info, field, ids)
  }
  const { cache } = env.transaction
  for (const field of info.columns) {
    if (field.type !== 'many2one' || !field.comodel) continue
    const targets = [...new Set(ids.flatMap((id) => (cache.find(info.name, id)?.[field.name] as number | null) ?? []))]
    if (targets.length === 0) continue
    const there = await env.connection.rows<{ id: number }>(
      sql`SELECT id FROM ${ident(env.registry.get(field.comodel).table)} WHERE ${env.dialect.anyOf(ident('id'), targets)}`,
    )
    if (there.length < targets.length) return dangling(env, info, field, ids)
  }
  return new RECORD_IN_USE(info.description, await users(env, info, ids))
}

function longest(fields: readonly FieldInfo[]): FieldInfo | undefined {
  return fields.toSorted((a, b) => b.name.length - a.name.length)[0]
}

function dangling(env: Env, info: ModelInfo, field: FieldInfo, ids: readonly number[]): Error {
  const values = [
    ...new Set(ids.flatMap((id) => (env.transaction.cache.find(info.name, id)?.[field.name] as number | null) ?? [])),
  ]
  return new REFERENCE_BROKEN(info.name, field.name, values, field.comodel as string).with({
    model: info.name,
    field: field.name,
    ids,
  })
}

/** The models that keep records from being deleted. */
async function users(env: Env, info: ModelInfo, ids: readonly number[]): Promise<string> {
  const found: string[] = []
  for (const model of env.registry.models()) {
    if (model.kind === 'abstract' || model.kind === 'view') continue
    for (const field of model.columns) {
      if (field.type !== 'many2one' || field.comodel !== info.name || field.ondelete !== 'restrict') continue
      const [row] = await env.connection.rows<{ n: number }>(
        sql`SELECT count(*) AS n FROM ${ident(model.table)} WHERE ${env.dialect.anyOf(ident(field.name), ids)}`,
      )
      if (row && row.n > 0) found.push(`${model.description} (${model.name}.${field.name})`)
    }
  }
  return found.join(', ') || 'other records'
}
