import type { FieldInfo } from '../fields/info.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Dialect } from '../sql/dialect.ts'
import { quote } from './ddl.ts'
import { SCHEMA_RELATION_CONFLICT } from './errors.ts'
import { type Models, hasTable } from './models.ts'
import { foreignKeyName, indexName } from './names.ts'
import { relationTable as defaultRelation } from '../orm/setup/fields.ts'
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
  const former = formerTables(field, model, comodel)
  const before = (name: 'column1' | 'column2', now: string): readonly string[] =>
    [...new Set(former.map((one) => one[name]))].filter((one) => one !== now)
  const column = (name: string, target: string, onDelete: DeleteRule, renamedFrom: readonly string[]): Column => ({
    name,
    type,
    notNull: true,
    references: { name: foreignKeyName(table, name), table: target, onDelete },
    fill: null,
    default: null,
    ...(renamedFrom.length > 0 ? { renamedFrom } : {}),
  })
  // the primary key serves reading from one side, this index from the other
  const reverse = indexName(table, column2, column1)
  const definition = `(${quote(column2)}, ${quote(column1)})`
  return {
    name: table,
    columns: new Map([
      [column1, column(column1, model.table, 'cascade', before('column1', column1))],
      [
        column2,
        column(
          column2,
          comodel.table,
          field.options.ondelete === 'restrict' ? 'restrict' : 'cascade',
          before('column2', column2),
        ),
      ],
    ]),
    primaryKey: [column1, column2],
    constraints: new Map(),
    indexes: new Map([[reverse, { name: reverse, unique: false, definition, needs: null, ours: true }]]),
    ...(former.length > 0 ? { renamedFrom: former.map((one) => one.table).filter((one) => one !== table) } : {}),
  }
}

/** How the relation was called by default when one of the two models, or both, had another name. */
function formerTables(field: FieldInfo, model: ModelInfo, comodel: ModelInfo): NonNullable<FieldInfo['relation']>[] {
  const names = (of: ModelInfo): readonly string[] => [...of.formerTables, of.table]
  if (model.formerTables.length + comodel.formerTables.length === 0) return []
  const pairs =
    model === comodel
      ? names(model).map((one) => [one, one] as const)
      : names(model).flatMap((one) => names(comodel).map((other) => [one, other] as const))
  return pairs.map(([one, other]) => defaultRelation(field.options, one, other))
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
