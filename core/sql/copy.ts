import { DATABASE_URL } from './errors.ts'

/** A copy of a database, for trying something out. */
export interface DatabaseCopy {
  readonly url: string
  /** Deletes the copy; nothing may be connected to it any more. */
  drop(): Promise<void>
}

/**
 * Copies a database with what is committed of it, while others may use it: `sqlite:PATH` to a temporary file, a
 * PostgreSQL database to another one of the same server.
 * @throws DATABASE_URL, DATABASE_IN_USE
 */
export async function copyDatabase(url: string): Promise<DatabaseCopy> {
  if (url.startsWith('sqlite:')) return (await import('./sqlite/copy.ts')).copySqlite(url.slice('sqlite:'.length))
  if (URL.canParse(url)) return (await import('./postgres/copy.ts')).copyPostgres(url)
  throw new DATABASE_URL(url)
}
