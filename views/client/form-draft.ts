type Values = Readonly<Record<string, unknown>>

/** A record while a person edits it: what the server last said, and what has changed since. */
export class FormDraft {
  readonly id: number | null
  #values: Record<string, unknown>
  readonly #changed = new Set<string>()

  constructor(id: number | null, values: Values) {
    this.id = id
    this.#values = { ...values }
  }

  get values(): Values {
    return this.#values
  }

  get isDirty(): boolean {
    return this.#changed.size > 0
  }

  /** A person set a field. */
  set(name: string, value: unknown): void {
    this.#values[name] = value
    this.#changed.add(name)
  }

  /** The server set fields because of what a person did: they are saved too. */
  apply(values: Values): void {
    for (const [name, value] of Object.entries(values)) this.set(name, value)
  }

  /** What is sent to save: of a saved record what changed, of a new one everything. */
  changes(): Values {
    const names = this.id === null ? Object.keys(this.#values).filter((name) => name !== 'id') : [...this.#changed]
    return Object.fromEntries(names.map((name) => [name, this.#values[name]]))
  }
}
