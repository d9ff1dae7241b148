import type { Knex } from 'knex'
import type { Connection, Violation } from './connection.ts'
import type { Dialect } from './dialect.ts'

export type Mode = 'read' | 'write'

/** An open database: its dialect, and transactions on it. */
export interface Database {
  /** The name on the wire: the file's base name, or the PostgreSQL database's. */
  readonly name: string
  readonly url: string
  readonly dialect: Dialect
  /** For DDL only; all else goes through connections. */
  readonly knex: Knex
  /** The folder beside the database where the contents of attachments are kept. */
  readonly files: string
  /** Runs the work in one transaction, committed when it resolves and undone when it rejects. Never repeated here. With `alone`, no other writes meanwhile. */
  transaction<T>(mode: Mode, work: (connection: Connection) => Promise<T>, alone?: boolean): Promise<T>
  /** Has every transaction from now on begin by reading how many changes were announced: `Connection.announced`. */
  watchChanges(): Promise<void>
  /** How many changes are announced now; `null` where nobody watches them. */
  announced(): Promise<number | null>
  /** Has `heard` told soon after changes were announced, by whichever process. What it gives ends that. */
  listen(heard: () => void): Promise<() => Promise<void>>
  /** What a driver's error means. */
  violation(error: unknown): Violation
  close(): Promise<void>
}
