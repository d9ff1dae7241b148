import type { CacheSubject, Ctor, ModelName, Recs, RecordSet, Values } from '#core'

/**
 * The base class of a model whose records decide about values that are kept per process: every change of a record
 * clears them when the transaction commits.
 */
export function invalidating<N extends ModelName>(Base: Ctor<RecordSet<N>>, subject: CacheSubject): Ctor<RecordSet<N>> {
  return class extends Base {
    override async create(values: readonly Values<N>[]): Promise<Recs<N>> {
      this.env.transaction.invalidated.add(subject)
      return super.create(values)
    }

    override async write(values: Values<N>): Promise<void> {
      this.env.transaction.invalidated.add(subject)
      await super.write(values)
    }

    override async unlink(): Promise<void> {
      this.env.transaction.invalidated.add(subject)
      await super.unlink()
    }
  }
}
