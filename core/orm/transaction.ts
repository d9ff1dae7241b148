import type { Connection } from '../sql/connection.ts'
import type { Database } from '../sql/database.ts'
import type { AddonService } from './addon-service.ts'
import type { Calls } from './calls.ts'
import { Cache } from './cache.ts'
import { CallCaches } from './call-caches.ts'
import type { CacheSubject, ProcessCaches } from './process-caches.ts'

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
  readonly #afterCommit: ((calls: Calls) => void | Promise<void>)[] = []
  #beforeCommit: (() => Promise<void>)[] = []
  /** Values of one process-wide cache or another that this transaction made wrong; cleared after the commit. */
  readonly invalidated = new Set<CacheSubject>()
  /** Ids that were reserved for rows of a table, so that nested creates do not take the same. */
  readonly reserved = new Map<string, number>()
  /** A draft never reaches the database: records with negative ids and changed values live in the cache alone. */
  readonly draft: boolean
  /** Model -> ids of records that were made, changed or deleted, at either end of changed links too. */
  readonly touched = new Map<string, Set<number>>()
  /** The moment that all records of the call are stamped with, to the second. */
  readonly now = new Date(Math.floor(Date.now() / 1000) * 1000)

  /** What is kept for all calls of the process. */
  readonly caches: CallCaches

  /** Which addons there could be; `null` where models are served without the folders that they come from. */
  readonly addons: AddonService | null

  /** @param options.since the version of the caches before the transaction began; by default now */
  constructor(
    db: Database,
    connection: Connection,
    shared: ProcessCaches,
    options: { since?: number; draft?: boolean; addons?: AddonService | null } = {},
  ) {
    this.db = db
    this.connection = connection
    this.draft = options.draft ?? false
    this.addons = options.addons ?? null
    this.caches = new CallCaches(shared, options.since ?? shared.version, this.invalidated)
  }

  /** Runs once at the end of the call, when all that was stale is recomputed: for what sums up the changes of a call. */
  beforeCommit(work: () => Promise<void>): void {
    this.#beforeCommit.push(work)
  }

  /**
   * Runs once the transaction is committed; not at all if it is undone. The caller waits for it, but no lock is held any
   * more: the place for what takes long, such as talking to other servers.
   */
  afterCommit(work: (calls: Calls) => void | Promise<void>): void {
    this.#afterCommit.push(work)
  }

  /** Notes that records were made, changed or deleted: whoever listens to commits is told. */
  touch(model: string, ids: Iterable<number>): void {
    let known = this.touched.get(model)
    if (!known) this.touched.set(model, (known = new Set()))
    for (const id of ids) known.add(id)
  }

  /** What it gives forgets all that was planned for after the commit since now. */
  checkpoint(): () => void {
    const { length } = this.#afterCommit
    return () => void this.#afterCommit.splice(length)
  }

  /** Does what waits for the end of the call, and answers whether there was any: it may have made values stale. */
  async runBeforeCommit(): Promise<boolean> {
    const waiting = this.#beforeCommit
    this.#beforeCommit = []
    for (const work of waiting) await work()
    return waiting.length > 0
  }

  async runAfterCommit(calls: Calls): Promise<void> {
    for (const work of this.#afterCommit) await work(calls)
  }
}
