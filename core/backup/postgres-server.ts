import { ident, sql } from '../sql/fragment.ts'
import { openDatabase } from '../sql/open.ts'
import { RESTORE_OCCUPIED } from './errors.ts'

/** The database that every PostgreSQL server has, from which others are made. */
const MAINTENANCE = 'postgres'

/** Makes an empty database of that name; one that is there is dropped with `force`. @throws RESTORE_OCCUPIED */
export async function emptyPostgres(url: string, force: boolean): Promise<void> {
  const server = new URL(url)
  const name = decodeURIComponent(server.pathname.slice(1))
  server.pathname = `/${MAINTENANCE}`
  const db = await openDatabase(server.href, { pool: 1 })
  try {
    const found = await db.transaction('read', (connection) =>
      connection.rows(sql`SELECT 1 FROM pg_database WHERE datname = ${name}`),
    )
    if (found.length > 0 && !force) throw new RESTORE_OCCUPIED(name)
    const quoted = ident(name).text
    // neither can be done inside a transaction
    if (found.length > 0) await db.knex.raw(`DROP DATABASE ${quoted} WITH (FORCE)`)
    await db.knex.raw(`CREATE DATABASE ${quoted}`)
  } finally {
    await db.close()
  }
}
