import type { CacheSubject } from './process-caches.ts'

/** Which of the announced changes the caches and models of this process already take into account. */
export class KnownChanges {
  #counts: ReadonlyMap<string, number> = new Map()
  #total = 0

  /** How many there are, of all subjects. */
  get total(): number {
    return this.#total
  }

  /** How many changes of the subject are new among those that a transaction sees. */
  newOf(subject: CacheSubject, counts: ReadonlyMap<string, number>): number {
    return (counts.get(subject) ?? 0) - (this.#counts.get(subject) ?? 0)
  }

  /** The subjects that changed since. */
  changedIn(counts: ReadonlyMap<string, number>): Set<CacheSubject> {
    const subjects = [...counts.keys()] as CacheSubject[] // processes of one release announce no others
    return new Set(subjects.filter((subject) => this.newOf(subject, counts) > 0))
  }

  /** From now on these are taken into account. */
  take(counts: ReadonlyMap<string, number>): void {
    this.#counts = counts
    this.#total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  }
}
