import { quote, renameColumn } from '../schema/ddl.ts'
import { introspect, type Session, writerOf } from '../schema/index.ts'
import type { Connection } from '../sql/connection.ts'
import type { Database } from '../sql/database.ts'
import type { Dialect } from '../sql/dialect.ts'

/** The tables of a database before they are brought to what the models declare: what early steps work on. */
export interface Tables {
  /** For SQL; in the transaction of the whole upgrade. */
  readonly connection: Connection
  readonly dialect: Dialect
  hasTable(table: string): Promise<boolean>
  hasColumn(table: string, column: string): Promise<boolean>
  /** Gives a table another name, where it has the old one and nothing has the new. */
  renameTable(from: string, to: string): Promise<void>
  renameColumn(table: string, from: string, to: string): Promise<void>
  /** Drops a table with its rows, if it is there. */
  dropTable(table: string): Promise<void>
}

/** The tables of a database in a session that changes them. */
export function tablesOf(db: Database, session: Session): Tables {
  const columns = async (table: string): Promise<ReadonlyMap<string, unknown> | undefined> =>
    (await introspect(db, session.connection)).tables.get(table)?.columns
  const hasTable = async (table: string): Promise<boolean> => (await columns(table)) !== undefined
  const hasColumn = async (table: string, column: string): Promise<boolean> =>
    (await columns(table))?.has(column) ?? false
  return {
    connection: session.connection,
    dialect: db.dialect,
    hasTable,
    hasColumn,
    async renameTable(from, to) {
      if ((await hasTable(from)) && !(await hasTable(to)))
        await session.execute(writerOf(db.dialect.name).renameTable(from, to))
    },
    async renameColumn(table, from, to) {
      if ((await hasColumn(table, from)) && !(await hasColumn(table, to)))
        await session.execute([renameColumn(table, from, to)])
    },
    async dropTable(table) {
      if (await hasTable(table)) await session.execute([`DROP TABLE ${quote(table)}`])
    },
  }
}
