import type { Connection } from '../sql/connection.ts'
import type { Database } from '../sql/database.ts'

/** A transaction in which a schema is changed. */
export interface Session {
  /** For reading. */
  readonly connection: Connection
  /** Whether tables can be made anew in it; if not, SQLite can only add things and drop them. */
  readonly rebuilds: boolean
  /** Runs statements without parameters, one after the other. */
  execute(statements: readonly string[]): Promise<void>
  /** Does what foreign keys do after rows were deleted, where the session has them switched off. */
  enforceKeys(): Promise<void>
  /** How many rows of a table refer to rows that do not exist, where the database does not refuse them by itself. */
  dangling(table: string): Promise<number>
}

/** A session in a transaction that is open already, with foreign keys as strict as ever. */
export function sessionInside(db: Database, connection: Connection): Session {
  return {
    connection,
    rebuilds: db.dialect.altersConstraints,
    execute: (statements) => connection.script(statements),
    enforceKeys: () => Promise.resolve(),
    dangling: () => Promise.resolve(0),
  }
}
