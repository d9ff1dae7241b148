import type { ColumnType } from '../sql/dialect.ts'
import type { Dialect } from '../sql/dialect.ts'
import type { Sql } from '../sql/fragment.ts'
import type { FieldType } from './field.ts'
import type { FieldInfo } from './info.ts'

/** What the operators of a domain may look at besides the value. */
export interface OperatorContext {
  readonly dialect: Dialect
  /** IANA time zone of the user, for parts of dates. */
  readonly zone: string
}

/**
 * How values of a kind are compared, in SQL and in memory; both must agree. `operand` is what the domain's
 * writer gave (`null` for empty); an operand or operator that the kind cannot take is an error.
 */
export interface Operators {
  /** A condition that is never NULL. `column` is the stored value as SQL. */
  sql(column: Sql, operator: string, operand: unknown, field: FieldInfo, context: OperatorContext): Sql
  /** The same on a value that a record holds. */
  match(value: unknown, operator: string, operand: unknown, field: FieldInfo, context: OperatorContext): boolean
}

/** All that is special about a kind of field. One object per kind, in a file of its own. */
export interface Kind {
  readonly type: FieldType
  /** The type of the column, or `null` for a kind that has none of its own (one2many, many2many). */
  readonly column: ColumnType | null
  /** What a record holds when nothing is set: `null`, 0, `false` or an empty list. */
  readonly empty: unknown
  /** Whether the order of values is that of text. */
  readonly text?: boolean
  /** How groups summarise the kind by default. */
  readonly aggregator?: 'sum' | 'bool_or'
  /** Whether records can be grouped by it. */
  readonly groupable: boolean
  /**
   * A value given by code or by a client, checked and brought to the form that records hold.
   * @throws VALUE_WRONG, VALUE_TOO_LONG, SELECTION_UNKNOWN, naming model and field
   */
  accept(value: unknown, field: FieldInfo): unknown
  /** The value as a parameter of a statement. */
  toColumn(value: unknown, field: FieldInfo): unknown
  /** What a statement gave, as records hold it. */
  fromColumn(raw: unknown, field: FieldInfo): unknown
  /** The value as clients read it: `false` for empty, text for dates. Names of relations are added by the reader. */
  toWire(value: unknown, field: FieldInfo): unknown
  /** Absent for kinds that cannot be searched. */
  readonly operators?: Operators
}
