/** The values of one record: of stored fields as records hold them (translations and per-company values as maps), of x2many as ids. */
export type CachedRecord = Record<string, unknown>

/** Identity map of one transaction: what was read or written, by model and id. */
export class Cache {
  readonly #models = new Map<string, Map<number, CachedRecord>>()

  /** The record's values, which may be changed in place; created empty when unknown. */
  record(model: string, id: number): CachedRecord {
    const records = this.#of(model)
    let record = records.get(id)
    if (!record) records.set(id, (record = {}))
    return record
  }

  /** Sets all values of a record at once. */
  put(model: string, id: number, record: CachedRecord): void {
    this.#of(model).set(id, record)
  }

  find(model: string, id: number): CachedRecord | undefined {
    return this.#models.get(model)?.get(id)
  }

  /** All cached records of a model. */
  records(model: string): ReadonlyMap<number, CachedRecord> {
    return this.#of(model)
  }

  /** Those of the ids of which at least one of the fields is not known. */
  missing(model: string, ids: readonly number[], fields: readonly string[]): number[] {
    const records = this.#of(model)
    return ids.filter((id) => {
      const record = records.get(id)
      return !record || fields.some((field) => !(field in record))
    })
  }

  /** Forgets the values of some fields, of some or all records. */
  forget(model: string, fields: readonly string[], ids?: readonly number[]): void {
    const records = this.#models.get(model)
    if (!records) return
    for (const record of ids ? ids.map((id) => records.get(id)) : records.values()) {
      if (record) for (const field of fields) delete record[field]
    }
  }

  /** Forgets records altogether. */
  remove(model: string, ids: readonly number[]): void {
    const records = this.#models.get(model)
    if (records) for (const id of ids) records.delete(id)
  }

  clear(): void {
    this.#models.clear()
  }

  #of(model: string): Map<number, CachedRecord> {
    let records = this.#models.get(model)
    if (!records) this.#models.set(model, (records = new Map()))
    return records
  }
}
