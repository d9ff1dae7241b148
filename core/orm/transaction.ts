import type { Connection } from '../sql/connection.ts'
import type { Database } from '../sql/database.ts'
import { Cache } from './cache.ts'
import type { CacheSubject } from './process-caches.ts'

/**
 * What one call shares between its environments: the connection, the values read and written so far, what waits to be
 * recomputed, and what is done after the commit.
 */
export class Transaction {
  readonly db: Database
  readonly connection: Connection
  readonly cache = new Cache()
  /** Model -> computed field -> ids whose stored value is no longer right. */
  readonly stale = new Map<string, Map<string, Set<number>>>()
  /** Model -> id -> fields whose new value is in the cache but not yet in the table (recomputed ones). */
  readonly dirty = new Map<string, Map<number, Set<string>>>()
  /** Model -> ids of records that are being created: all of their values are in the cache, none in the table. */
  readonly unsaved = new Map<string, Set<number>>()
  /** Who and what -> ids that were found to be within the user's rules; emptied by every change. */
  readonly verified = new Map<string, Set<number>>()
  readonly #afterCommit: (() => void | Promise<void>)[] = []
  /** Values of one process-wide cache or another that this transaction made wrong; cleared after the commit. */
  readonly invalidated = new Set<CacheSubject>()
  /** Ids that were reserved for rows of a table, so that nested creates do not take the same. */
  readonly reserved = new Map<string, number>()
  /** A draft never reaches the database: records with negative ids and changed values live in the cache alone. */
  readonly draft: boolean
  /** The moment that all records of the call are stamped with, to the second. */
  readonly now = new Date(Math.floor(Date.now() / 1000) * 1000)

  constructor(db: Database, connection: Connection, draft = false) {
    this.db = db
    this.connection = connection
    this.draft = draft
  }

  /** Runs once the transaction is committed; not at all if it is undone. */
  afterCommit(work: () => void | Promise<void>): void {
    this.#afterCommit.push(work)
  }

  async runAfterCommit(): Promise<void> {
    for (const work of this.#afterCommit) await work()
  }
}
