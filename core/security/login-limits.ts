import { Lru } from '../tools/lru.ts'
import { LOGIN_DELAYED } from './errors.ts'

/** Failures in a minute that are free for one login from one address, and for one address in all. */
export const FREE_FAILURES = { login: 10, address: 30 } as const

const WINDOW_MS = 60_000
const FIRST_DELAY_MS = 5000
const LONGEST_DELAY_MS = 300_000
const REMEMBERED = 20_000

interface Failures {
  count: number
  /** When the count starts again, in milliseconds of `Date.now()`. */
  forgottenAt: number
  refusedUntil: number
}

/** What happened to a source of failures: for other processes that share the limits. */
export type LoginEvent =
  | { readonly kind: 'failure'; readonly key: string; readonly free: number }
  | { readonly kind: 'success'; readonly key: string }

/**
 * Slows down guessing of passwords: after too many failures in a minute, each further one doubles the time
 * during which a login from that address (or, at a higher count, any login from it) is refused unseen.
 * Counts are kept in the memory of this process, for the 20,000 most recent sources of failures; processes that serve
 * one address tell each other what they count.
 */
export class LoginLimits {
  readonly #failures = new Lru<string, Failures>(REMEMBERED)
  readonly #now: () => number

  readonly #tell: (event: LoginEvent) => void

  /** @param tell gets what this process counts, for the others to hear */
  constructor(now: () => number = Date.now, tell: (event: LoginEvent) => void = () => undefined) {
    this.#now = now
    this.#tell = tell
  }

  /** Counts what another process told. */
  hear(event: LoginEvent): void {
    if (event.kind === 'failure') this.#count(event.key, event.free)
    else this.#failures.delete(event.key)
  }

  /**
   * Announces an attempt. It counts against the login at once, so that guesses sent at the same time do not all pass.
   * @throws LOGIN_DELAYED while this login or this address has to wait
   */
  begin(login: string, address: string): void {
    const now = this.#now()
    const until = Math.max(this.#until(loginKey(login, address)), this.#until(address))
    if (until > now) {
      const seconds = Math.ceil((until - now) / 1000)
      throw new LOGIN_DELAYED(seconds).with({ retry_after: seconds })
    }
    this.#fail(loginKey(login, address), FREE_FAILURES.login)
  }

  /** The attempt was wrong, which the address answers for. */
  failed(address: string): void {
    this.#fail(address, FREE_FAILURES.address)
  }

  /** The attempt was right. The address keeps its count, or one known account would allow any number of guesses. */
  succeeded(login: string, address: string): void {
    const key = loginKey(login, address)
    this.#failures.delete(key)
    this.#tell({ kind: 'success', key })
  }

  #fail(key: string, free: number): void {
    this.#count(key, free)
    this.#tell({ kind: 'failure', key, free })
  }

  #until(key: string): number {
    return this.#failures.get(key)?.refusedUntil ?? 0
  }

  #count(key: string, free: number): void {
    const now = this.#now()
    const known = this.#failures.get(key)
    const failures =
      known && known.forgottenAt > now ? known : { count: 0, forgottenAt: now + WINDOW_MS, refusedUntil: 0 }
    failures.count += 1
    if (failures.count >= free) {
      const delay = Math.min(FIRST_DELAY_MS * 2 ** (failures.count - free), LONGEST_DELAY_MS)
      failures.refusedUntil = now + delay
      // The next failure after the delay has to find the count, or delays would not grow.
      failures.forgottenAt = failures.refusedUntil + WINDOW_MS
    }
    this.#failures.set(key, failures)
  }
}

/** Cut, so that long logins cannot fill the memory. */
const loginKey = (login: string, address: string): string => `${address} ${login.slice(0, 100)}`
