import type pg from 'pg'
import type { Database } from '../../sql/database.ts'
import { PostgresConnection } from '../../sql/postgres/connection.ts'
import type { Session } from '../session.ts'

/** Any number: the lock that keeps two processes from changing one schema at the same time. */
const LOCK = 7_205_418

/** Runs the work in a transaction that waits for other schema changes to end, and then sees what they did. */
export async function postgresExclusively<T>(db: Database, work: (session: Session) => Promise<T>): Promise<T> {
  const client = (await db.knex.client.acquireConnection()) as pg.PoolClient
  try {
    await client.query(`BEGIN; SELECT pg_advisory_xact_lock(${LOCK})`)
    const result = await work(sessionOf(client))
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    await db.knex.client.releaseConnection(client)
  }
}

function sessionOf(client: pg.PoolClient): Session {
  const connection = new PostgresConnection(client)
  return {
    connection,
    rebuilds: true,
    execute: (statements) => connection.script(statements),
    enforceKeys: () => Promise.resolve(),
    dangling: () => Promise.resolve(0),
  }
}
