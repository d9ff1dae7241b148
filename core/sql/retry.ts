import type { Connection } from './connection.ts'
import type { Database, Mode } from './database.ts'
import { DATABASE_BUSY } from './errors.ts'

export const MAX_ATTEMPTS = 5

/** How a call works on the database: `alone` writes while nobody else does, and waits for that as long as it takes. */
export type CallMode = Mode | 'alone'

/**
 * Runs the work in a transaction; when the database reports a conflict with others, runs it again from the start,
 * `MAX_ATTEMPTS` times in all. From the second attempt on it runs alone, without other writers of any process, so that
 * callers who want the same record all get through.
 * @throws DATABASE_BUSY when all attempts met a conflict
 */
export async function transactionWithRetry<T>(
  db: Database,
  mode: CallMode,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  if (mode === 'read') return db.transaction('read', work)
  return attempted(db, (attempt) => db.transaction('write', work, mode === 'alone' || attempt > 1))
}

/**
 * Runs a transaction, and again from the start when it met a conflict; `attempt` counts from 1.
 * @throws DATABASE_BUSY when all attempts met a conflict
 */
export async function attempted<T>(db: Database, transaction: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction(attempt)
    } catch (error) {
      if (db.violation(error).kind !== 'conflict') throw error
      if (attempt === MAX_ATTEMPTS) throw new DATABASE_BUSY(MAX_ATTEMPTS)
    }
  }
}
