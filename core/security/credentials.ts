import { createHmac, randomBytes } from 'node:crypto'
import { sql } from '../sql/fragment.ts'
import type { Database } from '../sql/database.ts'
import { transactionWithRetry } from '../sql/retry.ts'
import { Lru } from '../tools/lru.ts'
import { LoginLimits } from './login-limits.ts'
import { SUPERUSER_ID } from './users.ts'
import { hashPassword, MAX_SECRET_LENGTH, verifyNothing, verifyPassword } from './password.ts'

/** The first characters of an API key, stored in plain text so that its row is found without hashing. */
export const KEY_INDEX_LENGTH = 8

const REMEMBERED = 10_000

/** Who wants in: a login or a user id, the password or key, and where the request comes from. */
export interface Attempt {
  readonly who: string | number
  readonly secret: string
  /** The address that failures are counted for. */
  readonly address: string
  /** Whether an API key does as well as the password: for scripts, not for a person at a login form. */
  readonly keys: boolean
}

interface Account {
  readonly uid: number
  readonly password: string | null
  /** Hashes of the API keys that begin like the secret. */
  readonly keys: readonly string[]
}

/**
 * Checks passwords and API keys against the users of one database. A pair that was found right is remembered for as
 * long as the user's row says the same, so that a script that sends its password with each call pays for hashing once.
 */
export class Credentials {
  readonly #db: Database
  readonly #limits: LoginLimits
  /** Digest of who and secret -> the stored hash that it was found to fit. */
  readonly #proven = new Lru<string, string>(REMEMBERED)
  /** Digests whose hashing is under way: calls that arrive together wait for one. */
  readonly #proving = new Map<string, Promise<string | undefined>>()
  readonly #digestKey = randomBytes(32)

  constructor(db: Database, limits: LoginLimits = new LoginLimits()) {
    this.#db = db
    this.#limits = limits
  }

  /**
   * The id of the active user whose secret this is, else `null`. The system's own user never logs in.
   * @throws LOGIN_DELAYED after too many failures
   */
  async check(attempt: Attempt): Promise<number | null> {
    // PostgreSQL refuses a text with a zero character; no login has one.
    if (attempt.secret.length > MAX_SECRET_LENGTH || String(attempt.who).includes('\0')) return null
    const account = await this.#account(attempt)
    const hashes = account ? [...(account.password ? [account.password] : []), ...account.keys] : []
    const fitting = await this.#fitting(attempt, account, hashes)
    return account && fitting !== undefined ? account.uid : null
  }

  /**
   * The id of the active user whose API key this is, else `null`; nobody says beforehand who that is.
   * @throws LOGIN_DELAYED after too many failures
   */
  async checkKey(secret: string, address: string): Promise<number | null> {
    if (secret.length > MAX_SECRET_LENGTH || secret.length <= KEY_INDEX_LENGTH || secret.includes('\0')) return null
    const index = secret.slice(0, KEY_INDEX_LENGTH)
    const owners = await this.#owners(index)
    const attempt = { who: `key ${index}`, secret, address, keys: true }
    const fitting = await this.#fitting(attempt, undefined, [...owners.keys()])
    return fitting === undefined ? null : (owners.get(fitting) ?? null)
  }

  /** The one of the hashes that the secret fits: known from before, or found out now. */
  async #fitting(
    attempt: Attempt,
    account: Account | undefined,
    hashes: readonly string[],
  ): Promise<string | undefined> {
    const digest = this.#digest(attempt)
    const proven = this.#proven.get(digest)
    if (proven !== undefined && hashes.includes(proven)) return proven

    let proving = this.#proving.get(digest)
    if (!proving) {
      proving = this.#prove(attempt, account, hashes).finally(() => this.#proving.delete(digest))
      this.#proving.set(digest, proving)
    }
    const fitting = await proving
    if (fitting !== undefined) this.#proven.set(digest, fitting)
    return fitting
  }

  #digest({ who, secret, keys }: Attempt): string {
    const text = `${typeof who}:${who}\0${keys}\0${secret}`
    return createHmac('sha256', this.#digestKey).update(text).digest('base64')
  }

  async #account({ who, secret, keys }: Attempt): Promise<Account | undefined> {
    const user = typeof who === 'number' ? sql`u.id = ${who}` : sql`u.login = ${who}`
    const index =
      keys && secret.length > KEY_INDEX_LENGTH && !secret.includes('\0') ? secret.slice(0, KEY_INDEX_LENGTH) : null
    const rows = await this.#db.transaction('read', (connection) =>
      connection.rows<{ id: number; password: string | null; key: string | null }>(sql`
        SELECT u.id, u.password, k.key FROM res_users u
        LEFT JOIN res_users_apikeys k ON k.user_id = u.id AND k."index" = ${index}
          AND (k.scope IS NULL OR k.scope = 'rpc')
          AND (k.expiration_date IS NULL OR k.expiration_date > ${new Date()})
        WHERE ${user} AND u.active = ${true} AND u.id <> ${SUPERUSER_ID}`),
    )
    const first = rows[0]
    return first && { uid: first.id, password: first.password, keys: rows.flatMap(({ key }) => (key ? [key] : [])) }
  }

  /** Hashes of the keys that begin so, each with its user. */
  async #owners(index: string): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#db.transaction('read', (connection) =>
      connection.rows<{ key: string; user_id: number }>(sql`
        SELECT k.key, k.user_id FROM res_users_apikeys k JOIN res_users u ON u.id = k.user_id
        WHERE k."index" = ${index} AND (k.scope IS NULL OR k.scope = 'rpc')
          AND (k.expiration_date IS NULL OR k.expiration_date > ${new Date()})
          AND u.active = ${true} AND u.id <> ${SUPERUSER_ID}`),
    )
    return new Map(rows.map(({ key, user_id }) => [key, user_id]))
  }

  /** The one of the stored hashes that the secret fits. */
  async #prove(attempt: Attempt, account: Account | undefined, hashes: readonly string[]): Promise<string | undefined> {
    const { secret, address } = attempt
    const source = String(attempt.who)
    this.#limits.begin(source, address)
    for (const stored of hashes) {
      const { valid, outdated } = await verifyPassword(secret, stored)
      if (!valid) continue
      this.#limits.succeeded(source, address)
      return outdated && account && stored === account.password ? this.#renew(account.uid, secret, stored) : stored
    }
    if (hashes.length === 0) await verifyNothing(secret)
    this.#limits.failed(address)
    return undefined
  }

  /** Hashes a password again whose parameters are no longer today's; gives the hash that is in force then. */
  async #renew(uid: number, secret: string, stored: string): Promise<string> {
    const hash = await hashPassword(secret)
    const changed = await transactionWithRetry(this.#db, 'write', (connection) =>
      connection.run(sql`UPDATE res_users SET password = ${hash} WHERE id = ${uid} AND password = ${stored}`),
    )
    return changed === 1 ? hash : stored
  }
}
