import { createHash, randomBytes } from 'node:crypto'
import { sql } from '../sql/fragment.ts'
import type { Connection } from '../sql/connection.ts'
import type { Database } from '../sql/database.ts'
import { transactionWithRetry } from '../sql/retry.ts'
import type { ProcessCaches } from '../orm/process-caches.ts'
import { Lru } from '../tools/lru.ts'

/** A session ends after a week without a call. */
export const SESSION_LIFETIME_MS = 7 * 24 * 3600 * 1000

const TOKEN_BYTES = 32
const REMEMBERED = 10_000
/** For so long a session is taken for alive that nobody announced to have ended, such as one that expired. */
const TRUSTED_MS = 5000
const SEEN_EVERY_MS = 60_000
const MAX_AGENT_LENGTH = 250

/** Whose session a new one is, and where it was opened. */
export interface NewSession {
  readonly uid: number
  readonly ip: string
  readonly userAgent: string
  /** The token that the client held until now: it ends, so that nobody who planted it shares the new session. */
  readonly replaces?: string | undefined
}

/** A live session. */
export interface Session {
  readonly uid: number
  /** SHA-256 of the token, in hexadecimal: the name of the session in the database. */
  readonly tokenHash: string
}

interface Known {
  readonly session: Session
  readonly trustedUntil: number
}

/** The sessions of one database: rows of `res_users_session`, which hold a hash of the token and never the token. */
export class Sessions {
  readonly #db: Database
  readonly #caches: ProcessCaches
  /** Token hash -> when `last_seen` was written last, in milliseconds of `Date.now()`. */
  readonly #seenAt = new Lru<string, number>(REMEMBERED)
  readonly #writes = new Set<Promise<unknown>>()
  readonly #now: () => number
  readonly #catchUp: () => Promise<void>
  readonly #listeners = new Set<() => void>()

  /** @param catchUp makes the caches know what other processes changed and committed until now */
  constructor(
    db: Database,
    caches: ProcessCaches,
    now: () => number = Date.now,
    catchUp: () => Promise<void> = () => Promise.resolve(),
  ) {
    this.#db = db
    this.#caches = caches
    this.#now = now
    this.#catchUp = catchUp
  }

  /** Opens a session; gives its token, for the cookie. */
  async create({ uid, ip, userAgent, replaces }: NewSession): Promise<string> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url')
    const now = new Date(this.#now())
    await this.#write(async (connection) => {
      if (replaces !== undefined) await remove(connection, hashOf(replaces))
      await connection.run(sql`
        INSERT INTO res_users_session (token_hash, user_id, create_date, last_seen, expires_at, ip, user_agent)
        VALUES (${hashOf(token)}, ${uid}, ${now}, ${now}, ${this.#expiry()}, ${ip}, ${userAgent.slice(0, MAX_AGENT_LENGTH)})`)
    })
    const known = await this.#known()
    if (replaces !== undefined) known.delete(hashOf(replaces))
    this.#seenAt.set(hashOf(token), now.getTime())
    return token
  }

  /** The live session of a token whose user is active, else `null`. */
  async find(token: string): Promise<Session | null> {
    const tokenHash = hashOf(token)
    await this.#catchUp()
    const now = this.#now()
    const known = await this.#known()
    const trusted = known.get(tokenHash)
    if (trusted && trusted.trustedUntil > now) {
      this.#seen(tokenHash, now)
      return trusted.session
    }
    const [row] = await this.#db.transaction('read', (connection) =>
      connection.rows<{ user_id: number }>(sql`
        SELECT s.user_id FROM res_users_session s JOIN res_users u ON u.id = s.user_id
        WHERE s.token_hash = ${tokenHash} AND s.expires_at > ${new Date(now)} AND u.active = ${true}`),
    )
    if (!row) {
      known.delete(tokenHash)
      return null
    }
    const session: Session = { uid: row.user_id, tokenHash }
    known.set(tokenHash, { session, trustedUntil: now + TRUSTED_MS })
    this.#seen(tokenHash, now)
    return session
  }

  /** Ends the session of a token, if there is one. */
  async destroy(token: string): Promise<void> {
    await this.#write((connection) => remove(connection, hashOf(token)))
    const known = await this.#known()
    known.delete(hashOf(token))
    for (const heard of this.#listeners) heard()
  }

  /** Has `heard` told when somebody logs out in this process. What it gives ends that. */
  onEnd(heard: () => void): () => void {
    this.#listeners.add(heard)
    return () => void this.#listeners.delete(heard)
  }

  /** Resolves when the writes that no call waits for are done. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#writes)
  }

  /** Kept where a committed change of any user's row, rights or password throws it away. */
  #known(): Promise<Lru<string, Known>> {
    return this.#caches.get('sessions', 'known', async () => new Lru(REMEMBERED))
  }

  #expiry(): Date {
    return new Date(this.#now() + SESSION_LIFETIME_MS)
  }

  #write<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    return transactionWithRetry(this.#db, 'write', work)
  }

  /** Notes once a minute that the session lives, without making the call wait. */
  #seen(tokenHash: string, now: number): void {
    if (now - (this.#seenAt.get(tokenHash) ?? 0) < SEEN_EVERY_MS) return
    this.#seenAt.set(tokenHash, now)
    const update = sql`
      UPDATE res_users_session SET last_seen = ${new Date(now)}, expires_at = ${this.#expiry()}
      WHERE token_hash = ${tokenHash}`
    // A failure costs nothing but the note: the next one is due in a minute.
    const writing = this.#write((connection) => connection.run(update)).catch(() => undefined)
    this.#writes.add(writing)
    void writing.then(() => this.#writes.delete(writing))
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

async function remove(connection: Connection, tokenHash: string): Promise<void> {
  const removed = await connection.run(sql`DELETE FROM res_users_session WHERE token_hash = ${tokenHash}`)
  if (removed > 0 && connection.announced !== null) await connection.announce(['sessions'])
}
