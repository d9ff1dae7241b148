import type { Connection } from './connection.ts'
import type { Database } from './database.ts'
import { raw, sql } from './fragment.ts'

/*
 * What one process changes and others keep copies of is announced in a table of counts, in the transaction that changes
 * it: the sum of a subject's rows tells how often the subject changed before a snapshot. Announcing only inserts, so
 * that two transactions that do never conflict.
 */

/** No model's table: the database keeps it for itself. */
export const CHANGES_TABLE = 'comptoir_change'

/** How many changes were announced before the snapshot. */
export const COUNT_CHANGES = 'SELECT COALESCE(sum(n), 0) AS n FROM comptoir_change'

/** The channel that PostgreSQL tells of changes on. */
export const CHANGES_CHANNEL = 'comptoir_change'

/** From so many rows on the table is made short again. */
const LONG = 64

/** How often each subject changed before the snapshot of a transaction, and whether the table is long. */
export interface Announcements {
  readonly counts: ReadonlyMap<string, number>
  readonly total: number
  readonly isLong: boolean
}

/** Reads the announcements that a transaction sees. */
export async function readAnnouncements(connection: Connection): Promise<Announcements> {
  const rows = await connection.rows<{ subject: string; n: number; lines: number }>(
    sql`SELECT subject, sum(n) AS n, count(*) AS lines FROM comptoir_change GROUP BY subject`,
  )
  const lines = rows.reduce((sum, row) => sum + Number(row.lines), 0)
  const total = rows.reduce((sum, row) => sum + Number(row.n), 0)
  return { counts: new Map(rows.map(({ subject, n }) => [subject, Number(n)])), total, isLong: lines > LONG }
}

/** Makes the table unless it is there. */
export async function withChangesTable(db: Database, alone: boolean): Promise<void> {
  try {
    await db.transaction('read', (connection) => connection.rows(raw(COUNT_CHANGES)))
  } catch (error) {
    if (db.violation(error).kind !== 'no table') throw error
    const create = raw('CREATE TABLE IF NOT EXISTS comptoir_change (subject text NOT NULL, n integer NOT NULL)')
    await db.transaction('write', (connection) => connection.run(create), alone)
  }
}

/** Makes one row per subject of what there is; the sums stay. Another process that does so at the same time wins. */
export async function shortenChanges(db: Database): Promise<void> {
  const shorten = async (connection: Connection): Promise<void> => {
    const { counts } = await readAnnouncements(connection)
    await connection.run(sql`DELETE FROM comptoir_change`)
    const columns = [
      { name: 'subject', type: 'text' },
      { name: 'n', type: 'integer' },
    ] as const
    await connection.insert(CHANGES_TABLE, columns, [...counts])
  }
  await db.transaction('write', shorten).catch((error: unknown) => {
    if (db.violation(error).kind !== 'conflict') throw error
  })
}
