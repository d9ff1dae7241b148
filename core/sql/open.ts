import { dirname, join, resolve } from 'node:path'
import { mkdirSync } from 'node:fs'
import type { Database } from './database.ts'
import { DATABASE_URL } from './errors.ts'

export interface OpenOptions {
  /** Connections at most: of PostgreSQL in all, of SQLite for reading. */
  readonly pool?: number
  /** Where contents of attachments are kept; by default beside the SQLite file, or in `var/files/NAME`. */
  readonly files?: string
}

/**
 * Opens `sqlite:PATH` (created when missing) or `postgres://…` (which must exist).
 * A driver is loaded only when it is used.
 * @throws DATABASE_URL
 */
export async function openDatabase(url: string, options: OpenOptions = {}): Promise<Database> {
  if (url.startsWith('sqlite:') && url.length > 'sqlite:'.length) {
    const path = resolve(url.slice('sqlite:'.length))
    mkdirSync(dirname(path), { recursive: true })
    const { SqliteDatabase } = await import('./sqlite/database.ts')
    return SqliteDatabase.open(path, options.files ?? `${path}.files`, options.pool ?? 4)
  }
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url) && new URL(url).pathname.length > 1) {
    const name = decodeURIComponent(new URL(url).pathname.slice(1))
    const { PostgresDatabase } = await import('./postgres/database.ts')
    return PostgresDatabase.open(url, name, options.files ?? join('var', 'files', name), options.pool ?? 10)
  }
  throw new DATABASE_URL(url)
}
