/**
 * The subjects that are kept per process; a transaction that changes one clears it when it commits. Nothing is kept of
 * `jobs`: the scheduler hears of it.
 */
export type CacheSubject =
  | 'security'
  | 'registry'
  | 'lang'
  | 'parameters'
  | 'defaults'
  | 'currencies'
  | 'digits'
  | 'views'
  | 'actions'
  | 'sessions'
  | 'jobs'

/** What is kept of one subject may be made of others: it goes with them. */
const MADE_OF: Partial<Record<CacheSubject, readonly CacheSubject[]>> = {
  views: ['security', 'registry', 'lang'],
  actions: ['security', 'registry', 'lang'],
  sessions: ['security'],
}

/** Subjects with those that are made of them. */
export function withDependents(subjects: Iterable<CacheSubject>): Set<CacheSubject> {
  const all = new Set(subjects)
  for (const [dependent, sources] of Object.entries(MADE_OF) as [CacheSubject, readonly CacheSubject[]][]) {
    if (sources.some((source) => all.has(source))) all.add(dependent)
  }
  return all
}

/** Values that many calls need and that hardly change: users' rights, languages, parameters. */
export class ProcessCaches {
  readonly #subjects = new Map<CacheSubject, Map<string, unknown>>()
  readonly #changes = new Map<CacheSubject, number>()
  #version = 0
  readonly #listeners = new Set<(subjects: ReadonlySet<CacheSubject>) => void>()

  /** The kept value, or the loaded one, which is kept. Callers at the same time load at most a few times, never wrongly. */
  async get<T>(subject: CacheSubject, key: string, load: () => Promise<T>): Promise<T> {
    let values = this.#subjects.get(subject)
    if (!values) this.#subjects.set(subject, (values = new Map()))
    if (values.has(key)) return values.get(key) as T
    const value = await load()
    // a commit in between replaced the map: then the value may be old already and is not kept
    if (this.#subjects.get(subject) === values) values.set(key, value)
    return value
  }

  peek<T>(subject: CacheSubject, key: string): T | undefined {
    return this.#subjects.get(subject)?.get(key) as T | undefined
  }

  /** Grows with every change of any subject. */
  get version(): number {
    return this.#version
  }

  /** The version that the subject's last change made; 0 before the first. */
  changedAt(subject: CacheSubject): number {
    return this.#changes.get(subject) ?? 0
  }

  /** Forgets what is kept of the subjects: a commit changed them. */
  clear(subjects: Iterable<CacheSubject>): void {
    const changed = withDependents(subjects)
    if (changed.size === 0) return
    this.#version++
    for (const subject of changed) {
      this.#subjects.delete(subject)
      this.#changes.set(subject, this.#version)
    }
    for (const heard of this.#listeners) heard(changed)
  }

  /** Has `heard` told of the subjects of every commit that changed one. What it gives ends that. */
  listen(heard: (subjects: ReadonlySet<CacheSubject>) => void): () => void {
    this.#listeners.add(heard)
    return () => void this.#listeners.delete(heard)
  }
}
