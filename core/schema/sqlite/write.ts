import type { Change, TableChange, Writer } from '../change.ts'
import { describeChange, requiredChecks, step } from '../change.ts'
import {
  columnDefinition,
  createTable,
  hasIdentity,
  literal,
  quote,
  references,
  renameTable,
  tableConstraints,
} from '../ddl.ts'
import { sqlite } from '../../sql/sqlite/dialect.ts'
import type { Column, Index, Step, Table } from '../types.ts'

/** `CREATE INDEX "name" ON "table" definition` */
function createIndex(table: string, { name, unique, definition }: Index): string {
  return `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${quote(name)} ON ${quote(table)} ${definition}`
}

function columnLine(column: Column): string {
  const line = columnDefinition(column)
  return column.references ? `${line} ${references(column.references)}` : line
}

/** CREATE TABLE under a name that may be another than the table's own. */
function createTableAs(name: string, table: Table): string {
  const identity = hasIdentity(table)
  const lines = [...table.columns.values()].map((column) =>
    identity && column.name === 'id' ? `"id" ${sqlite.columnType('id')}` : columnLine(column),
  )
  // a relation table is nothing but its key: without a row id its rows are the index
  return createTable(name, [...lines, ...tableConstraints(table)], identity ? '' : ' WITHOUT ROWID')
}

/** Statements for changes that ALTER TABLE knows; `null` for those that need the table to be rebuilt. */
function alterInPlace(table: string, change: Change): string[] | null {
  switch (change.kind) {
    case 'add column': {
      const { name, notNull, fill } = change.column
      if (notNull) return null
      const add = `ALTER TABLE ${quote(table)} ADD COLUMN ${columnLine(change.column)}`
      return fill === null ? [add] : [add, `UPDATE ${quote(table)} SET ${quote(name)} = ${fill}`]
    }
    case 'add index':
      return [createIndex(table, change.index)]
    case 'drop index':
      return [`DROP INDEX ${quote(change.index.name)}`]
    case 'drop column':
      return [`ALTER TABLE ${quote(table)} DROP COLUMN ${quote(change.column.name)}`]
    default:
      return null
  }
}

/** What a column of the new table gets from the rows of the old. */
function copiedValue(column: Column, { from, changes }: TableChange): string {
  const old = from.columns.get(column.name)
  if (!old) return column.fill ?? 'NULL'
  const typeChange = changes.find((change) => change.kind === 'change type' && change.column.name === column.name)
  const value = typeChange?.kind === 'change type' ? typeChange.using : quote(column.name)
  return column.notNull && !old.notNull && column.fill !== null ? `COALESCE(${value}, ${column.fill})` : value
}

/**
 * Makes the table anew under another name, copies its rows, puts it in the place of the old one and creates its
 * indexes: all that ALTER TABLE cannot do. Foreign keys must be off, `legacy_alter_table` on.
 */
function rebuildTable(change: TableChange): string[] {
  const { from, to } = change
  const columns = [...to.columns.values()]
  const temporary = `${to.name}__new`
  const names = columns.map((column) => quote(column.name)).join(', ')
  const values = columns.map((column) => copiedValue(column, change)).join(', ')
  // the highest id ever given must not be given again
  const [old, made] = [literal(from.name), literal(temporary)]
  const sequence = [
    `DELETE FROM sqlite_sequence WHERE name = ${made} AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ${old})`,
    `INSERT INTO sqlite_sequence (name, seq) SELECT ${made}, seq FROM sqlite_sequence WHERE name = ${old}`,
  ]
  return [
    createTableAs(temporary, to),
    `INSERT INTO ${quote(temporary)} (${names}) SELECT ${values} FROM ${quote(from.name)}`,
    ...(hasIdentity(to) ? sequence : []),
    `DROP TABLE ${quote(from.name)}`,
    `ALTER TABLE ${quote(temporary)} RENAME TO ${quote(to.name)}`,
    ...[...to.indexes.values()].map((index) => createIndex(to.name, index)),
  ]
}

function alterTable(change: TableChange): Step[] {
  const { from, changes } = change
  const steps: Step[] = []
  for (const one of changes) {
    const sql = alterInPlace(from.name, one)
    if (!sql) return [rebuildStep(change)]
    const refers = one.kind === 'add column' && one.column.references && one.column.fill !== null
    const destructive = one.kind === 'drop column'
    steps.push(step(describeChange(from.name, one), sql, { destructive, verify: refers ? [from.name] : [] }))
  }
  return steps
}

function rebuildStep(change: TableChange): Step {
  const { name } = change.from
  return step(change.changes.map((one) => describeChange(name, one)).join(', '), rebuildTable(change), {
    destructive: change.changes.some(({ kind }) => kind === 'drop column'),
    checks: change.changes.flatMap((one) => requiredChecks(name, one)),
    verify: [name],
  })
}

/** SQLite: what ALTER TABLE cannot do is done by making the table anew. */
export const sqliteWriter: Writer = {
  refersForward: true,
  createTable: (table) => [
    createTableAs(table.name, table),
    ...[...table.indexes.values()].map((index) => createIndex(table.name, index)),
  ],
  alterTable,
  dropTables: (names) => names.map((name) => `DROP TABLE ${quote(name)}`),
  // here the rename must reach what other tables refer to
  renameTable: (from, to) => [
    'PRAGMA legacy_alter_table = OFF',
    renameTable(from, to),
    'PRAGMA legacy_alter_table = ON',
  ],
  createView: ({ name, sql }) => [`CREATE VIEW ${quote(name)} AS ${sql}`],
  dropView: (name) => `DROP VIEW ${quote(name)}`,
  conversion: (column, from, to) => CONVERSIONS[`${from} > ${to}`]?.(quote(column)) ?? null,
}

const same = (column: string): string => column

/** Columns keep what they are given in the form of their type's affinity, so most values need no expression. */
const CONVERSIONS: Readonly<Record<string, (column: string) => string>> = {
  'integer > real': same,
  'boolean > integer': same,
  'integer > text': same,
  'real > text': same,
  'date > text': same,
  'datetime > text': same,
  'date > datetime': (column) => `${column} || ' 00:00:00'`,
}
