import { basename } from 'node:path'
import type BetterSqlite from 'better-sqlite3'
import createKnex, { type Knex } from 'knex'
import type { Connection, Violation } from '../connection.ts'
import type { Database, Mode } from '../database.ts'
import { DATABASE_BUSY } from '../errors.ts'
import { Mutex } from '../../tools/mutex.ts'
import { withChangesTable } from '../changes.ts'
import { SqliteConnection } from './connection.ts'
import { sqlite } from './dialect.ts'
import { sqliteViolation } from './errors.ts'
import { registerFunctions } from './functions.ts'

const BUSY_PATIENCE_MS = 30_000
/** Whoever must be alone waits for other processes to install what they install. */
const ALONE_PATIENCE_MS = 600_000
const LONGEST_PAUSE_MS = 8
/** How often a process looks whether others announced changes, beside at the start of each transaction. */
const LOOK_EVERY_MS = 500

function makeKnex(path: string, readonly: boolean, max: number): Knex {
  return createKnex({
    client: 'better-sqlite3',
    connection: { filename: path, options: { readonly } as never },
    useNullAsDefault: true,
    pool: {
      min: 0,
      max,
      idleTimeoutMillis: 0x7fffffff,
      afterCreate: (db: BetterSqlite.Database, done: (error: unknown, db: BetterSqlite.Database) => void) => {
        registerFunctions(db)
        // WAL with NORMAL: a killed process loses nothing that was committed; only a loss of power can undo the last commits
        if (!readonly) for (const pragma of ['journal_mode = WAL', 'synchronous = NORMAL']) db.pragma(pragma)
        // waiting for another process is done without holding the event loop, see #begin
        for (const pragma of ['busy_timeout = 0', 'foreign_keys = ON', 'temp_store = MEMORY', 'cache_size = -8000'])
          db.pragma(pragma)
        done(null, db)
      },
    },
  })
}

/** One writer connection behind a mutex, several read-only ones beside it. */
export class SqliteDatabase implements Database {
  readonly dialect = sqlite
  readonly name: string
  readonly url: string
  readonly files: string
  readonly knex: Knex
  readonly #readers: Knex
  readonly #writing = new Mutex()
  #watches = false

  private constructor(path: string, files: string, readers: number) {
    this.name = basename(path).replace(/\.[^.]*$/, '')
    this.url = `sqlite:${path}`
    this.files = files
    this.knex = makeKnex(path, false, 1)
    this.#readers = makeKnex(path, true, readers)
  }

  static async open(path: string, files: string, readers: number): Promise<SqliteDatabase> {
    const db = new SqliteDatabase(path, files, readers)
    await db.knex.raw('SELECT 1') // creates the file, which a read-only connection could not
    return db
  }

  async transaction<T>(mode: Mode, work: (connection: Connection) => Promise<T>, alone = false): Promise<T> {
    if (mode === 'read') return this.#inside(this.#readers, 'BEGIN', BUSY_PATIENCE_MS, work)
    const patience = alone ? ALONE_PATIENCE_MS : BUSY_PATIENCE_MS
    return this.#writing.run(() => this.#inside(this.knex, 'BEGIN IMMEDIATE', patience, work))
  }

  async watchChanges(): Promise<void> {
    if (this.#watches) return
    await withChangesTable(this, false)
    this.#watches = true
  }

  async announced(): Promise<number | null> {
    return this.#watches ? this.transaction('read', async ({ announced }) => announced) : null
  }

  async listen(heard: () => void): Promise<() => Promise<void>> {
    let known = await this.announced()
    const look = async (): Promise<void> => {
      const now = await this.announced()
      if (now === known) return
      known = now
      heard()
    }
    // a database that is closed or too busy now is looked at again
    const timer = setInterval(() => void look().catch(() => undefined), LOOK_EVERY_MS).unref()
    return async () => clearInterval(timer)
  }

  violation(error: unknown): Violation {
    return sqliteViolation(error)
  }

  async close(): Promise<void> {
    await this.#readers.destroy()
    await this.knex.destroy()
  }

  async #inside<T>(
    pool: Knex,
    begin: string,
    patience: number,
    work: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    const db = (await pool.client.acquireConnection()) as BetterSqlite.Database
    try {
      const connection = new SqliteConnection(db)
      await this.#begin(connection, begin, patience)
      try {
        if (this.#watches) connection.countChanges()
        const result = await work(connection)
        connection.control('COMMIT')
        return result
      } catch (error) {
        if (db.inTransaction) connection.control('ROLLBACK')
        throw error
      }
    } finally {
      await pool.client.releaseConnection(db)
    }
  }

  /** Another process may be writing: wait for it without holding the event loop. */
  async #begin(connection: SqliteConnection, begin: string, patience: number): Promise<void> {
    const end = Date.now() + patience
    for (let pause = 1; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        connection.control(begin)
        return
      } catch (error) {
        if (sqliteViolation(error).kind !== 'conflict') throw error
        if (Date.now() > end) throw new DATABASE_BUSY(1)
        await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())))
      }
    }
  }
}
