import type { TypedColumn } from './dialect.ts'
import type { Sql } from './fragment.ts'

export type Row = Record<string, unknown>

/** What a database refused, whatever its name for it. */
export interface Violation {
  readonly kind: 'unique' | 'foreign' | 'required' | 'check' | 'conflict' | 'range' | 'readonly' | 'no table' | 'other'
  /** The constraint or index, where the database names it. */
  readonly constraint?: string
  readonly table?: string
  readonly columns?: readonly string[]
}

/** Told of each statement: its SQL and how long it took, in milliseconds. */
export type QueryListener = (text: string, duration: number) => void

/** One connection inside a transaction. */
export interface Connection {
  /** How many statements were sent, without BEGIN and COMMIT. */
  readonly queries: number
  listener?: QueryListener | undefined
  /** How many changes were announced before the snapshot of the transaction; `null` where nobody watches them. */
  readonly announced: number | null
  /** Announces changes of the subjects to whoever watches them, from the commit on. */
  announce(subjects: readonly string[]): Promise<void>
  /** Runs a statement and gives its rows. */
  rows<R extends Row = Row>(statement: Sql): Promise<R[]>
  /** Runs a statement and gives the number of rows it changed. */
  run(statement: Sql): Promise<number>
  /** Inserts rows in one go; the values of a row stand in the order of the columns. */
  insert(table: string, columns: readonly TypedColumn[], rows: readonly (readonly unknown[])[]): Promise<void>
  /** Runs statements without parameters, one after the other; they do not count as queries. */
  script(statements: readonly string[]): Promise<void>
  /**
   * Does what foreign keys do after rows of the table were deleted, where the session has them switched off; elsewhere
   * the database has done it. Fails as the database does when a key forbids the deletion.
   */
  enforceKeys(table: string): Promise<void>
  /** Runs the work; if it fails, what it changed is undone and the transaction goes on. */
  savepoint<T>(work: () => Promise<T>): Promise<T>
}
