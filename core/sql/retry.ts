import type { Connection } from './connection.ts'
import type { Database, Mode } from './database.ts'
import { DATABASE_BUSY } from './errors.ts'
import { ReadWriteLock } from '../tools/mutex.ts'

export const MAX_ATTEMPTS = 5
const FIRST_PAUSE_MS = 4

const locks = new WeakMap<Database, ReadWriteLock>()

function lockOf(db: Database): ReadWriteLock {
  let lock = locks.get(db)
  if (!lock) locks.set(db, (lock = new ReadWriteLock()))
  return lock
}

/**
 * Runs the work in a transaction; when the database reports a conflict with others, runs it again
 * from the start, `MAX_ATTEMPTS` times in all. The second attempt waits a random, growing pause and then
 * for a moment without other writers of this process, so that two callers of one record both get through.
 * @throws DATABASE_BUSY when all attempts met a conflict
 */
export async function transactionWithRetry<T>(
  db: Database,
  mode: Mode,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  if (mode === 'read') return db.transaction('read', work)
  const lock = lockOf(db)
  for (let attempt = 1; ; attempt++) {
    const once = (): Promise<T> => db.transaction('write', work)
    try {
      return attempt === 1 ? await lock.read(once) : await lock.write(once)
    } catch (error) {
      if (db.violation(error).kind !== 'conflict') throw error
      if (attempt === MAX_ATTEMPTS) throw new DATABASE_BUSY(MAX_ATTEMPTS)
      await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 2 ** attempt * (0.5 + Math.random())))
    }
  }
}
