import type { Connection } from '../sql/connection.ts'
import type { Database } from '../sql/database.ts'
import { introspectPostgres } from './postgres/introspect.ts'
import { introspectSqlite } from './sqlite/introspect.ts'
import type { DialectName, Schema } from './types.ts'

const INTROSPECTORS: Readonly<Record<DialectName, (connection: Connection) => Promise<Schema>>> = {
  sqlite: introspectSqlite,
  postgres: introspectPostgres,
}

/** The schema that a database has, in a transaction of its own or in one that is open. */
export async function introspect(db: Database, connection?: Connection): Promise<Schema> {
  const read = INTROSPECTORS[db.dialect.name]
  return connection ? read(connection) : db.transaction('read', read)
}
