import createKnex, { type Knex } from 'knex'
import pg from 'pg'
import type { Connection, Violation } from '../connection.ts'
import type { Database, Mode } from '../database.ts'
import { PostgresConnection } from './connection.ts'
import { postgres } from './dialect.ts'
import { postgresViolation } from './errors.ts'

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

/** PostgreSQL through a pool; every call sees one snapshot (repeatable read). */
export class PostgresDatabase implements Database {
  readonly dialect = postgres
  readonly name: string
  readonly url: string
  readonly files: string
  readonly knex: Knex

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

  async transaction<T>(mode: Mode, work: (connection: Connection) => Promise<T>): Promise<T> {
    const client = (await this.knex.client.acquireConnection()) as pg.PoolClient
    try {
      const connection = new PostgresConnection(client)
      await connection.control(`BEGIN ISOLATION LEVEL REPEATABLE READ${mode === 'read' ? ' READ ONLY' : ''}`)
      try {
        const result = await work(connection)
        await connection.control('COMMIT')
        return result
      } catch (error) {
        await connection.control('ROLLBACK')
        throw error
      }
    } finally {
      await this.knex.client.releaseConnection(client)
    }
  }

  violation(error: unknown): Violation {
    return postgresViolation(error)
  }

  async close(): Promise<void> {
    await this.knex.destroy()
  }
}
