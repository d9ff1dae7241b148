import createKnex, { type Knex } from 'knex'
import pg from 'pg'
import type { Connection, Violation } from '../connection.ts'
import type { Database, Mode } from '../database.ts'
import { COUNT_CHANGES, withChangesTable } from '../changes.ts'
import { PostgresConnection } from './connection.ts'
import { postgres } from './dialect.ts'
import { postgresViolation } from './errors.ts'
import { listenForChanges } from './listen.ts'

const asText = (value: string): string => value
const asNumber = (value: string): number => Number(value)

/** Values come as on SQLite: dates and JSON as text, all numbers as numbers. */
const PARSERS = new Map<number, (value: string) => unknown>([
  [pg.types.builtins.TIMESTAMP, asText],
  [pg.types.builtins.DATE, asText],
  [pg.types.builtins.JSON, asText],
  [pg.types.builtins.JSONB, asText],
  [pg.types.builtins.INT8, asNumber],
  [pg.types.builtins.NUMERIC, asNumber],
])
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    PARSERS.get(oid) ?? (pg.types.getTypeParser(oid, format as 'text') as (value: string) => unknown),
}

const BEGIN = 'BEGIN ISOLATION LEVEL REPEATABLE READ'
/** The advisory lock that writers share, and that a writer who met a conflict takes for itself. */
const WRITERS = 0x636f6d70

/** PostgreSQL through a pool; every call sees one snapshot (repeatable read). */
export class PostgresDatabase implements Database {
  readonly dialect = postgres
  readonly name: string
  readonly url: string
  readonly files: string
  readonly knex: Knex
  #watches = false

  private constructor(url: string, name: string, files: string, pool: number) {
    this.url = url
    this.name = name
    this.files = files
    this.knex = createKnex({
      client: 'pg',
      connection: { connectionString: url, types: types as never },
      pool: { min: 0, max: pool },
    })
  }

  static async open(url: string, name: string, files: string, pool: number): Promise<PostgresDatabase> {
    const db = new PostgresDatabase(url, name, files, pool)
    await db.knex.raw('SELECT 1')
    return db
  }

  async transaction<T>(mode: Mode, work: (connection: Connection) => Promise<T>, alone = false): Promise<T> {
    const client = (await this.knex.client.acquireConnection()) as pg.PoolClient
    try {
      const connection = new PostgresConnection(client)
      // before BEGIN: the snapshot must be of the time after waiting
      if (alone) await connection.control(`SELECT pg_advisory_lock(${WRITERS})`)
      const begin =
        mode === 'read'
          ? `${BEGIN} READ ONLY`
          : alone
            ? BEGIN
            : `${BEGIN}; SELECT pg_advisory_xact_lock_shared(${WRITERS})`
      try {
        await (this.#watches ? connection.controlAndCount(begin) : connection.control(begin))
        const result = await work(connection)
        await connection.control('COMMIT')
        return result
      } catch (error) {
        await connection.control('ROLLBACK')
        throw error
      } finally {
        if (alone) await connection.control(`SELECT pg_advisory_unlock(${WRITERS})`)
      }
    } finally {
      await this.knex.client.releaseConnection(client)
    }
  }

  async watchChanges(): Promise<void> {
    if (this.#watches) return
    // alone: two processes that create one table at the same time would meet an error
    await withChangesTable(this, true)
    this.#watches = true
  }

  async announced(): Promise<number | null> {
    if (!this.#watches) return null
    const { rows } = (await this.knex.raw(COUNT_CHANGES)) as { rows: { n: number }[] }
    return rows[0]?.n ?? 0
  }

  listen(heard: () => void): Promise<() => Promise<void>> {
    return listenForChanges(this.url, heard)
  }

  violation(error: unknown): Violation {
    return postgresViolation(error)
  }

  async close(): Promise<void> {
    await this.knex.destroy()
  }
}
