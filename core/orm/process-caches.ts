/** The subjects that are kept per process; a transaction that changes one clears it when it commits. */
export type CacheSubject = 'security' | 'registry' | 'lang' | 'parameters' | 'defaults' | 'currencies' | 'digits'

/** Values that many calls need and that hardly change: users' rights, languages, parameters. */
export class ProcessCaches {
  readonly #subjects = new Map<CacheSubject, Map<string, unknown>>()

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

  clear(subjects: Iterable<CacheSubject>): void {
    for (const subject of subjects) this.#subjects.delete(subject)
  }
}
