import type { Connection } from '../sql/connection.ts'
import { raw } from '../sql/fragment.ts'

/** A transaction in which a schema is changed. */
export interface Session {
  /** For reading. */
  readonly connection: Connection
  /** Runs statements without parameters, one after the other. */
  execute(statements: readonly string[]): Promise<void>
  /** How many rows of a table refer to rows that do not exist, where the database does not refuse them by itself. */
  dangling(table: string): Promise<number>
}

/** A session in a transaction that is open already, with foreign keys as strict as ever. */
export function sessionInside(connection: Connection): Session {
  return {
    connection,
    execute: async (statements) => {
      for (const statement of statements) await connection.run(raw(statement))
    },
    dangling: () => Promise.resolve(0),
  }
}
