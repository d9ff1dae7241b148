import type BetterSqlite from 'better-sqlite3'
import { fold } from '../../tools/fold.ts'
import { toZone } from '../../tools/dates.ts'

/** Functions that SQL of the SQLite dialect calls; registered on every connection. */
export function registerFunctions(db: BetterSqlite.Database): void {
  db.function('fold', { deterministic: true }, (text: unknown) => (typeof text === 'string' ? fold(text) : text))
  db.function('to_zone', { deterministic: true }, (at: unknown, zone: unknown) =>
    typeof at === 'string' ? toZone(at, String(zone)) : null,
  )
}
