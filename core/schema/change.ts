import { quote } from './ddl.ts'
import type { Column, Constraint, Index, RequiredCheck, Step, Table, View } from './types.ts'

/** One difference between a table as it is and as it should be. `column` is always as it should be. */
export type Change =
  | { readonly kind: 'add column'; readonly column: Column }
  | { readonly kind: 'drop column'; readonly column: Column }
  | { readonly kind: 'change type'; readonly column: Column; readonly from: string; readonly using: string }
  | { readonly kind: 'set required' | 'drop required'; readonly column: Column }
  | { readonly kind: 'add reference'; readonly column: Column }
  | { readonly kind: 'drop reference'; readonly column: Column; readonly name: string }
  | { readonly kind: 'add constraint' | 'drop constraint'; readonly constraint: Constraint }
  | { readonly kind: 'add index' | 'drop index'; readonly index: Index }

/** All differences of one table. */
export interface TableChange {
  readonly from: Table
  /** What it should be, with the columns, constraints and indexes that are left alone. */
  readonly to: Table
  readonly changes: readonly Change[]
}

/** How one database is told to change. */
export interface Writer {
  /** Whether a table can refer to another that is created later. */
  readonly refersForward: boolean
  createTable(table: Table): string[]
  /** Steps that make the changes; several changes may become one step. */
  alterTable(change: TableChange): Step[]
  dropTables(names: readonly string[]): string[]
  renameTable(from: string, to: string): string[]
  createView(view: View): string[]
  dropView(name: string): string
  /** The expression that gives a column's values in another type without loss, `null` if there is none. */
  conversion(column: string, from: string, to: string): string | null
}

/** A step; what is not given is none. */
export function step(describes: string, sql: readonly string[], rest: Partial<Step> = {}): Step {
  return { describes, sql, destructive: false, checks: [], verify: [], ...rest }
}

/** A change in words: `add column res_partner.name (text)`. */
export function describeChange(table: string, change: Change): string {
  switch (change.kind) {
    case 'add column':
      return `add column ${table}.${change.column.name} (${change.column.type})`
    case 'drop column':
      return `drop column ${table}.${change.column.name}`
    case 'change type':
      return `change column ${table}.${change.column.name} from ${change.from} to ${change.column.type}`
    case 'set required':
      return `make column ${table}.${change.column.name} required`
    case 'drop required':
      return `make column ${table}.${change.column.name} optional`
    case 'add reference':
      return `make column ${table}.${change.column.name} refer to ${change.column.references?.table ?? ''}`
    case 'drop reference':
      return `drop the foreign key of column ${table}.${change.column.name}`
    case 'add constraint':
    case 'drop constraint':
      return `${change.kind} ${change.constraint.name} on ${table}`
    default:
      return `${change.kind} ${change.index.name} on ${table}`
  }
}

/** What rows must meet before the change: a column without a value to fill in cannot become required if it has gaps. */
export function requiredChecks(table: string, change: Change): RequiredCheck[] {
  if (change.kind !== 'set required' && change.kind !== 'add column') return []
  const { name, notNull, fill } = change.column
  if (!notNull || fill !== null) return []
  const gaps = change.kind === 'add column' ? '' : ` WHERE ${quote(name)} IS NULL`
  return [{ table, column: name, sql: `SELECT count(*) AS "rows" FROM ${quote(table)}${gaps}` }]
}
