import type { Env } from './env.ts'
import type { Context, ModelName, Recs } from './models.ts'
import type { Domain, Loaded, Paths, Values } from './path.ts'
import type { Loose, SearchOptions } from './operations.ts'
import { operations } from './operations.ts'

/**
 * An ordered set of ids of one model. It has no field accessors: `await set.load(...)` gives records that do. That is
 * the only way to read, so no accessor ever needs the database. Methods of addons are layers above this class.
 */
export class RecordSet<N extends ModelName> {
  readonly env: Env
  readonly modelName: string
  readonly ids: readonly number[]

  constructor(env: Env, model: string, ids: readonly number[]) {
    this.env = env
    this.modelName = model
    this.ids = ids
  }

  get length(): number {
    return this.ids.length
  }

  *[Symbol.iterator](): Generator<Recs<N>> {
    for (const id of this.ids) yield this.env.browse(this.modelName as N, [id])
  }

  /** The set with other ids. */
  browse(ids: readonly number[]): Recs<N> {
    return this.env.browse(this.modelName as N, ids)
  }

  /** Reads the paths of the whole set, one query per model and relation, and returns typed records, in the order of the set. */
  async load<const P extends readonly string[]>(paths: Paths<N, P>): Promise<readonly Loaded<N, P[number]>[]> {
    return (await operations.load(this.env, this.modelName, this.ids, paths as readonly string[])) as never
  }

  /** The records that fulfil the domain, in the model's order unless told otherwise. */
  async search<const D extends readonly unknown[]>(domain: Domain<N, D>, options?: SearchOptions): Promise<Recs<N>> {
    return this.browse(await this._search(domain as readonly unknown[], options ?? {}))
  }

  /** How many records fulfil the domain; counting stops at `limit`. */
  async search_count<const D extends readonly unknown[]>(domain: Domain<N, D>, limit?: number): Promise<number> {
    return operations.count(this.env, this.modelName, domain as readonly unknown[], limit)
  }

  /** Where every search ends: layers override it to widen or narrow what is found. */
  async _search(domain: readonly unknown[], options: SearchOptions): Promise<readonly number[]> {
    return operations.search(this.env, this.modelName, domain, options)
  }

  /** Creates one record per element, in order. Missing values come from `default_get`. */
  async create(values: readonly Values<N>[]): Promise<Recs<N>> {
    return this.browse(await operations.create(this.env, this.modelName, values as Loose[]))
  }

  /** Writes the same values to every record of the set. What does not change touches nothing. */
  async write(values: Values<N>): Promise<void> {
    await operations.write(this.env, this.modelName, this.ids, values as Loose)
  }

  /** Deletes the records of the set. */
  async unlink(): Promise<void> {
    await operations.unlink(this.env, this.modelName, this.ids)
  }

  /** Duplicates each record; `values` override what is copied. */
  async copy(values: Values<N> = {}): Promise<Recs<N>> {
    const data = await this.copy_data(values as Loose)
    const created = await this.create(data as readonly Values<N>[])
    const { ids } = created as unknown as RecordSet<N>
    await operations.copyTranslations(this.env, this.modelName, this.ids, ids, values as Loose)
    return created
  }

  /** The values that duplicates of the records are created from. */
  async copy_data(values: Loose = {}): Promise<Loose[]> {
    return operations.copyData(this.env, this.modelName, this.ids, values)
  }

  /** Defaults of those of the fields that have one. */
  async default_get(fields: readonly string[]): Promise<Loose> {
    return operations.defaults(this.env, this.modelName, fields)
  }

  /** Ids and display names of records whose name matches. */
  async name_search(
    name: string,
    domain: readonly unknown[] = [],
    operator = 'ilike',
    limit = 100,
  ): Promise<[number, string][]> {
    return operations.nameSearch(this.env, this.modelName, name, domain, operator, limit)
  }

  /** The domain that finds records by a text for their name. */
  async _name_domain(operator: string, text: unknown): Promise<readonly unknown[]> {
    return operations.nameDomain(this.env, this.modelName, operator, text)
  }

  /** Creates a record from its name alone. */
  async name_create(name: string): Promise<[number, string]> {
    return operations.nameCreate(this.env, this.modelName, name)
  }

  /** The records of the set that are still there. */
  async exists(): Promise<Recs<N>> {
    return this.browse(await operations.exists(this.env, this.modelName, this.ids))
  }

  /** Refuses what the user may not do with the records (or, on an empty set, with the model at all). @throws ACCESS_MODEL, ACCESS_RULE */
  async check_access(operation: 'read' | 'write' | 'create' | 'unlink'): Promise<void> {
    await operations.checkAccess(this.env, this.modelName, this.ids, operation)
  }

  /** Archives the records. */
  async action_archive(): Promise<void> {
    await operations.setActive(this.env, this.modelName, this.ids, false)
  }

  /** Brings archived records back. */
  async action_unarchive(): Promise<void> {
    await operations.setActive(this.env, this.modelName, this.ids, true)
  }

  /** The same records in another context. */
  withContext(context: Context): Recs<N> {
    return this.env.with({ context }).browse(this.modelName as N, this.ids)
  }

  /** The same records without checks of rights, for a reason that stands in the code. */
  sudo(reason: string): Recs<N> {
    return this.env.sudo(reason).browse(this.modelName as N, this.ids)
  }
}

/** A record set of a model that is known only at run time. */
export interface AnyRecordSet extends Omit<
  RecordSet<'base'>,
  | 'load'
  | 'search'
  | 'search_count'
  | 'create'
  | 'write'
  | 'copy'
  | 'browse'
  | 'exists'
  | 'withContext'
  | 'sudo'
  | typeof Symbol.iterator
> {
  browse(ids: readonly number[]): AnyRecordSet
  load(
    paths: readonly string[],
  ): Promise<readonly (AnyRecordSet & { readonly id: number } & Readonly<Record<string, unknown>>)[]>
  search(domain: readonly unknown[], options?: SearchOptions): Promise<AnyRecordSet>
  search_count(domain: readonly unknown[], limit?: number): Promise<number>
  create(values: readonly Loose[]): Promise<AnyRecordSet>
  write(values: Loose): Promise<void>
  copy(values?: Loose): Promise<AnyRecordSet>
  exists(): Promise<AnyRecordSet>
  withContext(context: Context): AnyRecordSet
  sudo(reason: string): AnyRecordSet
  [Symbol.iterator](): Generator<AnyRecordSet>
}
