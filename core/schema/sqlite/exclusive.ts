import type BetterSqlite from 'better-sqlite3'
import { raw } from '../../sql/fragment.ts'
import type { Database } from '../../sql/database.ts'
import { DATABASE_BUSY } from '../../sql/errors.ts'
import { UnguardedConnection } from './unguarded.ts'
import type { Session } from '../session.ts'

/** Long enough for another process to install a whole database. */
const PATIENCE_MS = 600_000
const PAUSE_MS = 20

/**
 * Runs the work in a transaction of the only writing connection, with foreign keys off: a table can then be made anew
 * without its rows being deleted from under those that refer to them. Both settings have no effect inside
 * a transaction, so they surround it.
 */
export async function sqliteExclusively<T>(db: Database, work: (session: Session) => Promise<T>): Promise<T> {
  const driver = (await db.knex.client.acquireConnection()) as BetterSqlite.Database
  try {
    driver.pragma('foreign_keys = OFF')
    driver.pragma('legacy_alter_table = ON') // a rename must not touch what other tables and views refer to
    await begin(driver, db)
    const result = await work(sessionOf(driver))
    driver.exec('COMMIT')
    return result
  } finally {
    if (driver.inTransaction) driver.exec('ROLLBACK')
    driver.pragma('legacy_alter_table = OFF')
    driver.pragma('foreign_keys = ON')
    await db.knex.client.releaseConnection(driver)
  }
}

/** Another process may be writing: waits for it without holding the event loop. */
async function begin(driver: BetterSqlite.Database, db: Database): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; ;) {
    try {
      driver.exec('BEGIN IMMEDIATE')
      return
    } catch (error) {
      if (db.violation(error).kind !== 'conflict') throw error
      if (Date.now() > end) throw new DATABASE_BUSY(1)
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
}

function sessionOf(driver: BetterSqlite.Database): Session {
  const connection = new UnguardedConnection(driver)
  return {
    connection,
    rebuilds: true,
    execute: (statements) => connection.script(statements),
    enforceKeys: () => connection.enforceAll(),
    dangling: async (table) => (await connection.rows(raw(`PRAGMA foreign_key_check("${table}")`))).length,
  }
}
