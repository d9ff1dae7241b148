import type { FieldInfo } from '../fields/info.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Dialect } from '../sql/dialect.ts'
import { quote } from './ddl.ts'
import { SCHEMA_RELATION_CONFLICT } from './errors.ts'
import { type Models, hasTable } from './models.ts'
import { foreignKeyName, indexName } from './names.ts'
import type { Column, DeleteRule, Table } from './types.ts'

/**
 * The tables of the many2many fields of the models. Two fields may share one, each seeing it from its side, so the
 * fields of all other models are looked at too.
 * @throws SCHEMA_RELATION_CONFLICT
 */
export function relationTables(models: ReadonlySet<ModelInfo>, registry: Models, dialect: Dialect): Table[] {
  const tables = new Map<string, Table>()
  const wanted = new Set<string>()
  for (const model of registry.models()) {
    if (!hasTable(model)) continue
    for (const field of model.fields.values()) {
      if (field.type !== 'many2many' || !field.stored || !field.relation || field.comodel === null) continue
      const comodel = registry.get(field.comodel)
      if (!hasTable(comodel)) continue
      const table = relationTable(field, field.relation, model, comodel, dialect)
      const known = tables.get(table.name)
      if (known && shape(known) !== shape(table)) {
        throw new SCHEMA_RELATION_CONFLICT(table.name, `${model.name}.${field.name}`)
      }
      tables.set(table.name, known ? merged(known, table) : table)
      if (models.has(model)) wanted.add(table.name)
    }
  }
  return [...tables.values()].filter(({ name }) => wanted.has(name))
}

function relationTable(
  field: FieldInfo,
  { table, column1, column2 }: NonNullable<FieldInfo['relation']>,
  model: ModelInfo,
  comodel: ModelInfo,
  dialect: Dialect,
): Table {
  const type = dialect.columnType('integer')
  const column = (name: string, target: string, onDelete: DeleteRule): Column => ({
    name,
    type,
    notNull: true,
    references: { name: foreignKeyName(table, name), table: target, onDelete },
    fill: null,
    default: null,
  })
  // the primary key serves reading from one side, this index from the other
  const reverse = indexName(table, column2, column1)
  const definition = `(${quote(column2)}, ${quote(column1)})`
  return {
    name: table,
    columns: new Map([
      [column1, column(column1, model.table, 'cascade')],
      [column2, column(column2, comodel.table, field.options.ondelete === 'restrict' ? 'restrict' : 'cascade')],
    ]),
    primaryKey: [column1, column2],
    constraints: new Map(),
    indexes: new Map([[reverse, { name: reverse, unique: false, definition, needs: null, ours: true }]]),
  }
}

/** The table as the first field sees it; a deletion that either field forbids is forbidden. */
function merged(first: Table, second: Table): Table {
  const columns = [...first.columns.values()].map((column): [string, Column] => {
    const other = second.columns.get(column.name)
    return [column.name, other?.references?.onDelete === 'restrict' ? other : column]
  })
  return { ...first, columns: new Map(columns) }
}

/** The columns and what they refer to, whatever their order. */
function shape({ columns }: Table): string {
  return [...columns.values()]
    .map(({ name, references }) => `${name} > ${references?.table ?? ''}`)
    .sort()
    .join(', ')
}
