import type { Sql } from './fragment.ts'

/** The types that a column can have, independent of the database. */
export type ColumnType = 'id' | 'integer' | 'bigint' | 'float' | 'boolean' | 'text' | 'date' | 'datetime' | 'json'

/** A column and its type, where values travel as JSON. */
export interface TypedColumn {
  readonly name: string
  readonly type: ColumnType
}

/** Parts of a date that a domain or a group can ask for. */
export type DatePart =
  | 'year_number'
  | 'quarter_number'
  | 'month_number'
  | 'iso_week_number'
  | 'day_of_year'
  | 'day_of_month'
  | 'day_of_week'
  | 'hour_number'
  | 'minute_number'
  | 'second_number'

export type Granularity = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year'

/** How to read a column whose name or order needs help: what `orderTerm` gets. */
export interface OrderOptions {
  readonly descending: boolean
  readonly nullable: boolean
  /** Text sorts without regard to case where the database can. */
  readonly text: boolean
  /** Explicit place of the empty values; by default they come last ascending and first descending. */
  readonly nulls?: 'first' | 'last'
}

/**
 * What differs between databases when SQL is written. Everything outside `core/sql/<database>/`
 * is the same for all; a new database is a new folder that answers this interface.
 */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres'
  /** Whether several connections may write at the same time. */
  readonly concurrentWriters: boolean
  /** Whether DDL can add a foreign key to a table that exists. */
  readonly altersConstraints: boolean

  /** Rewrites the `?` of a fragment to the driver's own place-holders. */
  placeholders(text: string): string
  /** `expr IN (…)` for any number of values, with one parameter so that the statement is prepared once. */
  anyOf(expr: Sql, values: readonly (number | string)[]): Sql
  /** A derived table named `ids` with the one column `id`. */
  idsTable(ids: readonly number[]): Sql
  /** A derived table named `v` with typed columns and these rows, as one parameter. */
  rowsTable(columns: readonly TypedColumn[], rows: readonly (readonly unknown[])[]): Sql
  /** Lower case without accents: what case-insensitive operators compare. */
  fold(expr: Sql): Sql
  /** Case-sensitive pattern match; `%`, `_` and `\` as in SQL. */
  like(expr: Sql, pattern: string): Sql
  /** Pattern match of folded text: `pattern` is folded here. */
  ilike(expr: Sql, pattern: string): Sql
  /** The text under a key of a JSON object, NULL where there is none. */
  jsonText(expr: Sql, key: string): Sql
  /** The value under a key of a JSON object as number or boolean: compared as the column type says. */
  jsonValue(expr: Sql, key: string, type: ColumnType): Sql
  /** A number out of a date or a UTC datetime seen in the time zone (IANA name; ignored for dates). Weeks and weekdays as ISO 8601; `day_of_week` 0 = Sunday. */
  datePart(expr: Sql, part: DatePart, type: 'date' | 'datetime', zone: string): Sql
  /** The first day (or hour) of the period as text `YYYY-MM-DD[ HH:MM:SS]` in the time zone; `weekStart` 1 = Monday … 7 = Sunday. */
  dateTrunc(expr: Sql, to: Granularity, type: 'date' | 'datetime', zone: string, weekStart: number): Sql
  /** One term of ORDER BY. */
  orderTerm(expr: Sql, options: OrderOptions): Sql
  /** The aggregate that collects integers into a JSON array text. */
  arrayAgg(expr: Sql): Sql
  /** A query with one row when there is a table of that name, and none otherwise. */
  tableNamed(name: string): Sql
  /** The type of a column in DDL. */
  columnType(type: ColumnType): string
  /** Ends a query so that other writers cannot change its rows until the commit; rows that others hold are left out. */
  readonly lockUnlocked: Sql
  /** Reserves ids of a table inside the transaction: rows are inserted with ids known before. */
  nextIds(table: string, count: number): Sql
}
