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
import { postgres } from '../../sql/postgres/dialect.ts'
import type { Column, Constraint, Index, Step } from '../types.ts'

/** Starts the comments that keep definitions as they were written: the catalogue rewrites them beyond comparison. */
export const MARK = 'comptoir: '

/** `COMMENT ON kind IS 'comptoir: definition'`: says that the thing is declared by models, and how. */
export function comment(on: string, definition: string): string {
  return `COMMENT ON ${on} IS ${literal(MARK + definition)}`
}

function columnLine(column: Column): string {
  const line = columnDefinition(column)
  return column.references
    ? `${line} CONSTRAINT ${quote(column.references.name)} ${references(column.references)}`
    : line
}

function createIndex(table: string, { name, unique, definition }: Index): string[] {
  return [
    `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${quote(name)} ON ${quote(table)} ${definition}`,
    comment(`INDEX ${quote(name)}`, definition),
  ]
}

function commentConstraint(table: string, { name, definition }: Constraint): string {
  return comment(`CONSTRAINT ${quote(name)} ON ${quote(table)}`, definition)
}

/** A new column with the value that rows have in it so far; the default serves only to fill them at no cost. */
function addColumn(table: string, column: Column): string[] {
  const add = `ALTER TABLE ${quote(table)} ADD COLUMN ${columnLine({ ...column, default: column.fill })}`
  const reset = `ALTER TABLE ${quote(table)} ALTER COLUMN ${quote(column.name)} DROP DEFAULT`
  return column.fill === null ? [add] : [add, reset]
}

function requireColumn(table: string, { name, fill }: Column): string[] {
  const column = quote(name)
  const require = `ALTER TABLE ${quote(table)} ALTER COLUMN ${column} SET NOT NULL`
  return fill === null ? [require] : [`UPDATE ${quote(table)} SET ${column} = ${fill} WHERE ${column} IS NULL`, require]
}

function alter(table: string, change: Change): string[] {
  const start = `ALTER TABLE ${quote(table)}`
  switch (change.kind) {
    case 'add column':
      return addColumn(table, change.column)
    case 'drop column':
      return [`${start} DROP COLUMN ${quote(change.column.name)}`]
    case 'change type':
      return [`${start} ALTER COLUMN ${quote(change.column.name)} TYPE ${change.column.type} USING ${change.using}`]
    case 'set required':
      return requireColumn(table, change.column)
    case 'drop required':
      return [`${start} ALTER COLUMN ${quote(change.column.name)} DROP NOT NULL`]
    case 'add reference': {
      const { name, references: to } = change.column
      return to ? [`${start} ADD CONSTRAINT ${quote(to.name)} FOREIGN KEY (${quote(name)}) ${references(to)}`] : []
    }
    case 'drop reference':
      return [`${start} DROP CONSTRAINT ${quote(change.name)}`]
    case 'add constraint': {
      const { name, kind, definition } = change.constraint
      const add = `${start} ADD CONSTRAINT ${quote(name)} ${kind.toUpperCase()} ${definition}`
      return [add, commentConstraint(table, change.constraint)]
    }
    case 'drop constraint':
      return [`${start} DROP CONSTRAINT ${quote(change.constraint.name)}`]
    case 'add index':
      return createIndex(table, change.index)
    default:
      return [`DROP INDEX ${quote(change.index.name)}`]
  }
}

function alterTable({ from, changes }: TableChange): Step[] {
  return changes.map((change) =>
    step(describeChange(from.name, change), alter(from.name, change), {
      destructive: change.kind === 'drop column',
      checks: requiredChecks(from.name, change),
    }),
  )
}

/** PostgreSQL: every change is a statement of its own. */
export const postgresWriter: Writer = {
  refersForward: false,
  createTable: (table) => {
    const identity = hasIdentity(table)
    const lines = [...table.columns.values()].map((column) =>
      identity && column.name === 'id' ? `"id" ${postgres.columnType('id')}` : columnLine(column),
    )
    return [
      createTable(table.name, [...lines, ...tableConstraints(table)]),
      ...[...table.constraints.values()].map((constraint) => commentConstraint(table.name, constraint)),
      ...[...table.indexes.values()].flatMap((index) => createIndex(table.name, index)),
    ]
  },
  alterTable,
  dropTables: (names) => [`DROP TABLE ${names.map((name) => quote(name)).join(', ')}`],
  renameTable: (from, to) => [renameTable(from, to)],
  createView: ({ name, sql }) => [`CREATE VIEW ${quote(name)} AS ${sql}`, comment(`VIEW ${quote(name)}`, sql)],
  dropView: (name) => `DROP VIEW ${quote(name)}`,
  conversion: (column, from, to) => {
    const plain = from.replace(/\(.*\)/, '')
    return SAFE.has(`${from} > ${to}`) || SAFE.has(`${plain} > ${to}`) ? `${quote(column)}::${to}` : null
  },
}

/** Casts that lose nothing. */
const SAFE: ReadonlySet<string> = new Set([
  'integer > bigint',
  'integer > double precision',
  'bigint > double precision',
  'boolean > integer',
  'integer > text',
  'bigint > text',
  'double precision > text',
  'date > text',
  'character varying > text',
  'character > text',
  'timestamp > text',
  'date > timestamp(0)',
])
