import type { FieldInfo } from '../fields/info.ts'
import type { Env } from '../orm/env.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Registry } from '../orm/registry.ts'
import { and, ident, sql, type Sql } from '../sql/fragment.ts'

/** Fields of any model that hold the name of a model as text. */
const NAMING: ReadonlySet<string> = new Set(['model', 'res_model', 'relation', 'resource', 'src_model'])

/**
 * Gives models and fields that have another name now (`renamedFrom`) that name in all that is recorded of them: in
 * `ir.model` and `ir.model.fields`, in external ids, and where records refer to others by the name of a model.
 */
export async function recordRenames(env: Env, registry: Registry): Promise<void> {
  const models = [...registry.models()]
  const known = new Set(
    (await env.connection.rows<{ model: string }>(sql`SELECT model FROM ir_model`)).map((row) => row.model),
  )
  for (const model of models) {
    const old = known.has(model.name) ? undefined : model.formerNames.find((one) => known.has(one))
    if (old !== undefined) await renameModel(env, models, old, model.name)
  }
  const renamed = models.flatMap((model) =>
    [...model.fields.values()].filter(({ options, inherited }) => options.renamedFrom && !inherited),
  )
  if (renamed.length === 0) return
  const rows = await env.connection.rows<{ model: string; name: string }>(sql`SELECT model, name FROM ir_model_fields`)
  const fields = new Set(rows.map(({ model, name }) => `${model} ${name}`))
  for (const field of renamed) {
    const former = [field.options.renamedFrom ?? []].flat()
    const old = fields.has(`${field.model} ${field.name}`)
      ? undefined
      : former.find((one) => fields.has(`${field.model} ${one}`))
    if (old !== undefined) await renameField(env, field, old)
  }
}

async function renameModel(env: Env, models: readonly ModelInfo[], from: string, to: string): Promise<void> {
  const { connection } = env
  for (const { table, column } of models.flatMap(namingColumns)) {
    await connection.run(sql`UPDATE ${ident(table)} SET ${ident(column)} = ${to} WHERE ${ident(column)} = ${from}`)
  }
  for (const { table, column } of models.flatMap(referenceColumns)) {
    await connection.run(replaceStart(ident(table), ident(column), `${from},`, `${to},`))
  }
  const [before, now] = [from.replaceAll('.', '_'), to.replaceAll('.', '_')]
  await connection.run(
    sql`UPDATE ir_model_data SET name = ${`model_${now}`} WHERE model = ${'ir.model'} AND name = ${`model_${before}`}`,
  )
  await renameIds(env, `field_${before}__`, `field_${now}__`)
}

/** Columns of a model that hold names of models. */
function namingColumns({ kind, table, fields }: ModelInfo): { table: string; column: string }[] {
  if (kind !== 'model' && kind !== 'transient') return []
  const named = new Set([...fields.values()].flatMap(({ options }) => options.modelField ?? []))
  return [...fields.values()]
    .filter(
      ({ name, column, type, comodel }) =>
        column === 'text' &&
        comodel === null &&
        (named.has(name) || (NAMING.has(name) && isText(type)) || isModelChoice(name, type)),
    )
    .map(({ name }) => ({ table, column: name }))
}

const isText = (type: FieldInfo['type']): boolean => type === 'char' || type === 'selection'
/** Filters keep the name of their model under the name of a relation. */
const isModelChoice = (name: string, type: FieldInfo['type']): boolean => name === 'model_id' && type === 'selection'

function referenceColumns({ kind, table, fields }: ModelInfo): { table: string; column: string }[] {
  if (kind !== 'model' && kind !== 'transient') return []
  return [...fields.values()]
    .filter(({ type, column }) => type === 'reference' && column !== null)
    .map(({ name }) => ({ table, column: name }))
}

async function renameField(env: Env, { model, name }: FieldInfo, from: string): Promise<void> {
  const { connection } = env
  await connection.run(sql`UPDATE ir_model_fields SET name = ${name} WHERE model = ${model} AND name = ${from}`)
  await connection.run(
    sql`UPDATE ir_model_fields SET relation_field = ${name} WHERE relation = ${model} AND relation_field = ${from}`,
  )
  await connection.run(
    sql`UPDATE ir_attachment SET res_field = ${name} WHERE res_model = ${model} AND res_field = ${from}`,
  )
  const table = model.replaceAll('.', '_')
  await connection.run(sql`
    UPDATE ir_model_data SET name = ${`field_${table}__${name}`}
    WHERE model = ${'ir.model.fields'} AND name = ${`field_${table}__${from}`}`)
}

async function renameIds(env: Env, from: string, to: string): Promise<void> {
  await env.connection.run(replaceStart(sql`ir_model_data`, sql`name`, from, to, sql`model = ${'ir.model.fields'}`))
}

/** Replaces the start of texts that begin so. */
function replaceStart(table: Sql, column: Sql, from: string, to: string, where?: Sql): Sql {
  const begins = sql`substr(${column}, 1, ${from.length}) = ${from}`
  return sql`UPDATE ${table} SET ${column} = ${to} || substr(${column}, ${from.length + 1}) WHERE ${and(where ? [where, begins] : [begins])}`
}
