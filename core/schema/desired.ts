import type { FieldInfo } from '../fields/info.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Dialect } from '../sql/dialect.ts'
import { declaredConstraints, declaredIndexes, fieldIndexes, orderIndex } from './desired-indexes.ts'
import { relationTables } from './desired-relations.ts'
import { literal } from './ddl.ts'
import { type Models, columnTypeOf, hasTable } from './models.ts'
import { foreignKeyName } from './names.ts'
import { FOLD_DIGEST, FOLD_NAME } from './postgres/fold.ts'
import type { Column, Index, Reference, Schema, Table, View } from './types.ts'

/**
 * The schema that the models ask for: a table per stored or transient model, a view per model over SQL, the relation
 * tables of many2many fields, with constraints and indexes. With `only`, that of the models so named; such a
 * schema says nothing about the rest of the database.
 * @throws SCHEMA_CONSTRAINT_UNKNOWN, SCHEMA_RELATION_CONFLICT
 */
export function desiredSchema(registry: Models, dialect: Dialect, only?: ReadonlySet<string>): Schema {
  const models = [...registry.models()].filter(({ name }) => only?.has(name) ?? true)
  const tables = new Map<string, Table>()
  const views = new Map<string, View>()
  for (const model of models) {
    if (hasTable(model)) tables.set(model.table, tableOf(model, registry, dialect))
    if (model.kind === 'view' && model.viewSql) {
      views.set(model.table, { name: model.table, sql: model.viewSql(dialect.name).trim() })
    }
  }
  for (const table of relationTables(new Set(models), registry, dialect)) {
    if (!tables.has(table.name)) tables.set(table.name, table)
  }
  return {
    dialect: dialect.name,
    complete: only === undefined,
    tables,
    views,
    functions: new Map(dialect.name === 'postgres' ? [[FOLD_NAME, FOLD_DIGEST]] : []),
    extensions: new Map(),
  }
}

function tableOf(model: ModelInfo, registry: Models, dialect: Dialect): Table {
  const columns = new Map<string, Column>([['id', idColumn(dialect)]])
  for (const field of model.columns) {
    if (field.name !== 'id') columns.set(field.name, columnOf(field, model, registry, dialect))
  }
  const { constraints, indexes: unique } = declaredConstraints(model, dialect)
  const order = orderIndex(model, dialect)
  const indexes: Index[] = [...fieldIndexes(model, dialect, order), ...declaredIndexes(model, dialect), ...unique]
  if (order) indexes.push(order)
  return {
    name: model.table,
    columns,
    primaryKey: ['id'],
    constraints: new Map(constraints.map((constraint) => [constraint.name, constraint])),
    indexes: new Map(indexes.map((index) => [index.name, index])),
    ...(model.formerTables.length > 0 ? { renamedFrom: model.formerTables } : {}),
  }
}

function idColumn(dialect: Dialect): Column {
  const type = dialect.columnType('integer')
  return { name: 'id', type, notNull: true, references: null, fill: null, default: null }
}

function columnOf(field: FieldInfo, model: ModelInfo, registry: Models, dialect: Dialect): Column {
  return {
    name: field.name,
    type: dialect.columnType(columnTypeOf(field) ?? 'text'),
    notNull: field.required,
    references: referenceOf(field, model, registry),
    fill: fillOf(field, dialect),
    default: null,
    ...(field.options.renamedFrom ? { renamedFrom: [field.options.renamedFrom].flat() } : {}),
  }
}

function referenceOf(field: FieldInfo, model: ModelInfo, registry: Models): Reference | null {
  if (field.type !== 'many2one' || field.comodel === null || columnTypeOf(field) === 'json') return null
  const comodel = registry.get(field.comodel)
  if (!hasTable(comodel)) return null
  return { name: foreignKeyName(model.table, field.name), table: comodel.table, onDelete: field.ondelete }
}

/** The default value as SQL, when it is the same for all records and its column holds it as it is. */
function fillOf(field: FieldInfo, dialect: Dialect): string | null {
  const { default: value, type } = field
  const column = columnTypeOf(field)
  if (type === 'many2one') return null
  if (typeof value === 'boolean' && column === 'boolean')
    return dialect.name === 'postgres' ? String(value) : value ? '1' : '0'
  if (typeof value === 'number' && (column === 'integer' || column === 'bigint' || column === 'float'))
    return String(value)
  return typeof value === 'string' && column === 'text' ? literal(value) : null
}
