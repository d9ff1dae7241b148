import { withDependents, type CacheSubject, type ProcessCaches } from './process-caches.ts'

/**
 * The process-wide caches as one call may use them. What the call itself changed, or others since it began, is read
 * from its own transaction and not kept: neither what is not committed nor what is old may reach other calls.
 */
export class CallCaches {
  readonly #shared: ProcessCaches
  readonly #since: number
  readonly #changed: ReadonlySet<CacheSubject>

  /** @param since the version of the caches before the transaction began */
  constructor(shared: ProcessCaches, since: number, changed: ReadonlySet<CacheSubject>) {
    this.#shared = shared
    this.#since = since
    this.#changed = changed
  }

  /** The kept value, or the loaded one. */
  get<T>(subject: CacheSubject, key: string, load: () => Promise<T>): Promise<T> {
    return this.#usable(subject) ? this.#shared.get(subject, key, load) : load()
  }

  peek<T>(subject: CacheSubject, key: string): T | undefined {
    return this.#usable(subject) ? this.#shared.peek(subject, key) : undefined
  }

  #usable(subject: CacheSubject): boolean {
    const isChanged = this.#changed.size > 0 && withDependents(this.#changed).has(subject)
    return !isChanged && this.#shared.changedAt(subject) <= this.#since
  }
}
