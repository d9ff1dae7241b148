import { ComptoirError } from './errors.ts'
import type { AddonService } from './orm/addon-service.ts'
import type { Caller, Calls } from './orm/calls.ts'
import type { Env } from './orm/env.ts'
import type { AddonLayers } from './orm/setup/layers.ts'
import type { Connection, QueryListener } from './sql/connection.ts'
import type { Database } from './sql/database.ts'
import { settle } from './orm/compute/flush.ts'
import { userEnv } from './orm/make-env.ts'
import { KnownChanges } from './orm/known-changes.ts'
import { type CacheSubject, ProcessCaches } from './orm/process-caches.ts'
import { Registry } from './orm/registry.ts'
import { connectOperations } from './orm/setup/wire.ts'
import { readDigits, readManualLayers } from './orm/setup/stored.ts'
import { Transaction } from './orm/transaction.ts'
import {
  applyPlan,
  desiredSchema,
  exclusively,
  introspect,
  planSchema,
  type Session,
  sessionInside,
} from './schema/index.ts'
import { readAnnouncements, shortenChanges } from './sql/changes.ts'
import { attempted, transactionWithRetry, type CallMode } from './sql/retry.ts'
import { Mutex, ReadWriteLock } from './tools/mutex.ts'

connectOperations()

export type { Caller } from './orm/calls.ts'

/** Thrown out of a transaction that sees changes of other processes which this one does not take into account yet. */
class Behind extends Error {}

/** What a committed call of this process changed. */
export interface Commit {
  /** Who made the call. */
  readonly uid: number
  /** Model -> ids of records that were made, changed or deleted. */
  readonly touched: ReadonlyMap<string, ReadonlySet<number>>
}

/** Models that a call of this process made. */
interface OwnModels {
  readonly registry: Registry | undefined
  /** How many changes the call saw when it began; `null` where nobody watches them. */
  readonly announced: number | null
}

/** Everything that is kept per process. */
const SUBJECTS: readonly CacheSubject[] = [
  'security',
  'registry',
  'lang',
  'parameters',
  'defaults',
  'currencies',
  'digits',
  'views',
  'actions',
]

/** A transaction that changes tables and models. */
export interface Restructuring {
  readonly session: Session
  /** The models of these layers, with what people declared in the database. @throws REGISTRY_WRONG */
  registry(layers: readonly AddonLayers[]): Promise<Registry>
  /** An environment of the system with these models; their tables must be there. */
  env(registry: Registry): Promise<Env>
}

export interface RestructureOptions {
  /** Whether tables may have to be made anew: then the transaction is one in which that can be done. */
  readonly exclusive: boolean
  /** Whether calls wait until it is over, and it until those under way are: when things go that they use. */
  readonly shut: boolean
}

/** One open database with its models: calls are transactions on it. */
export class Runtime implements Calls {
  readonly db: Database
  readonly caches: ProcessCaches
  readonly addons: AddonService | null
  /** Told of every statement of every call; for profiles and tests. */
  listener: QueryListener | undefined
  #layers: readonly AddonLayers[]
  #registry: Registry
  /** Calls go through together; a change that takes something away goes alone. */
  readonly #gate = new ReadWriteLock()
  #isWatching = false
  readonly #known = new KnownChanges()
  readonly #renewing = new Mutex()
  #unlisten: () => Promise<void> = async () => undefined
  readonly #commitListeners = new Set<(commit: Commit) => void>()

  private constructor(db: Database, layers: readonly AddonLayers[], addons?: (runtime: Runtime) => AddonService) {
    this.db = db
    this.caches = new ProcessCaches()
    this.#layers = layers
    this.#registry = Registry.build(layers, this.caches)
    this.addons = addons?.(this) ?? null
  }

  /**
   * Serves a database with the models of the given addons; the tables must be there. `addons` makes what changes
   * them while it is served.
   * @throws REGISTRY_WRONG
   */
  static serve(db: Database, layers: readonly AddonLayers[], addons?: (runtime: Runtime) => AddonService): Runtime {
    return new Runtime(db, layers, addons)
  }

  /** The models as they are now; addons and fields that people add make a new one. */
  get registry(): Registry {
    return this.#registry
  }

  /** The models that addons' layers declare, without those of the database; nothing is served with them. @throws REGISTRY_WRONG */
  registryOf(layers: readonly AddonLayers[]): Registry {
    return Registry.build(layers, this.caches)
  }

  /**
   * Builds the models anew: of the addons that the database says are installed, or of the layers given, with the manual
   * models and fields that the tables hold. For a process that hears that another one changed them; whoever listens to
   * the subject `registry` of the caches is told.
   */
  async reload(layers?: readonly AddonLayers[]): Promise<void> {
    const wanted = layers ?? (await this.addons?.layers()) ?? this.#layers
    const { registry, counts } = await this.db.transaction('read', async (connection) => {
      const counts = this.#isWatching ? (await readAnnouncements(connection)).counts : undefined
      return { counts, registry: await this.#build(wanted, connection) }
    })
    this.#layers = wanted
    if (counts) this.#known.take(counts)
    this.#adopt(registry)
  }

  /**
   * From now on takes into account what other processes change: each call begins by seeing whether they did, and what is
   * kept of it is read anew before it is used. Calls announce what they change.
   */
  async watch(): Promise<void> {
    await this.db.watchChanges()
    const { counts } = await this.db.transaction('read', readAnnouncements)
    this.#known.take(counts)
    this.#isWatching = true
  }

  /** Hears of changes by other processes when they are committed, not only when the next call begins. */
  async listen(): Promise<void> {
    this.#unlisten = await this.db.listen(() => void this.catchUp().catch(() => undefined))
  }

  /** Takes into account what other processes changed, if they did: for what is kept beside calls. */
  async catchUp(): Promise<void> {
    const announced = await this.db.announced()
    if (announced !== null && announced > this.#known.total) await this.#renew()
  }

  /**
   * Runs the work as one call: a transaction with a cache of its own, what is stale recomputed before the commit, all
   * of it again when the database reports a conflict. Gives what the work answers.
   */
  async call<T>(who: Caller, mode: CallMode, work: (env: Env) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const { transaction, result } = await this.#gate.read(() => this.#commit(who, mode, work))
        if (transaction.touched.size > 0)
          for (const heard of this.#commitListeners) heard({ uid: who.uid, touched: transaction.touched })
        await transaction.runAfterCommit(this)
        return result
      } catch (error) {
        if (!(error instanceof Behind) && !(await this.#isLeftBehind(error))) throw error
        // only now, with no connection in hand: many calls may wait for the one that reads the models anew
        await this.#renew()
      }
    }
  }

  /** Has `heard`, which must not fail, told of every call of this process that changed records, once it is committed. What it gives ends that. */
  onCommit(heard: (commit: Commit) => void): () => void {
    this.#commitListeners.add(heard)
    return () => void this.#commitListeners.delete(heard)
  }

  /**
   * Changes tables and models in one transaction, in which nobody else writes: all of it or, after an error, nothing.
   * `work` answers the layers and the models that hold from the commit on.
   */
  async restructure(
    { exclusive, shut }: RestructureOptions,
    work: (change: Restructuring) => Promise<{ readonly layers: readonly AddonLayers[]; readonly env: Env }>,
  ): Promise<void> {
    const run = async (): Promise<Transaction> => {
      const { transaction, layers, own } = await attempted(this.db, () =>
        this.#alone(exclusive, async (session) => {
          const { connection } = session
          const transaction = this.#transaction(connection, this.caches.version)
          // what is read in between holds for this transaction alone
          for (const subject of SUBJECTS) transaction.invalidated.add(subject)
          const announced = this.#isWatching ? (await readAnnouncements(connection)).total : null
          const { layers, env } = await work({
            session,
            registry: (layers) => this.#build(layers, connection),
            env: (registry) => userEnv(registry, transaction, { uid: 1, su: true }),
          })
          await settle(env)
          if (this.#isWatching) await connection.announce(SUBJECTS)
          return { transaction, layers, own: { registry: env.registry, announced } }
        }),
      )
      this.#layers = layers
      await this.#committed(transaction, own)
      return transaction
    }
    const transaction = await (shut ? this.#gate.write(run) : run())
    await transaction.runAfterCommit(this)
  }

  /** Whether the database refused a statement after another process changed what it was made from: a column is gone. */
  async #isLeftBehind(error: unknown): Promise<boolean> {
    if (error instanceof ComptoirError || !['no table', 'other'].includes(this.db.violation(error).kind)) return false
    const announced = await this.db.announced().catch(() => null)
    return announced !== null && announced > this.#known.total
  }

  async #commit<T>(
    who: Caller,
    mode: CallMode,
    work: (env: Env) => Promise<T>,
  ): Promise<{ transaction: Transaction; result: T }> {
    const since = this.caches.version
    const { transaction, result, own } = await transactionWithRetry(this.db, mode, async (connection) => {
      const { announced } = connection
      if (announced !== null && announced > this.#known.total) throw new Behind()
      const transaction = this.#transaction(connection, since)
      const env = await userEnv(this.#registry, transaction, who)
      const result = await work(env)
      if (mode !== 'read') await settle(env)
      const registry = transaction.invalidated.has('registry') ? await this.#rebuilt(connection) : undefined
      if (announced !== null && transaction.invalidated.size > 0)
        await connection.announce([...transaction.invalidated])
      return { transaction, result, own: { registry, announced } }
    })
    await this.#committed(transaction, own)
    return { transaction, result }
  }

  #transaction(connection: Connection, since: number): Transaction {
    connection.listener = this.listener
    return new Transaction(this.db, connection, this.caches, { since, addons: this.addons })
  }

  #alone<T>(exclusive: boolean, work: (session: Session) => Promise<T>): Promise<T> {
    if (exclusive && !this.db.dialect.altersConstraints) return exclusively(this.db, work)
    return this.db.transaction('write', (connection) => work(sessionInside(this.db, connection)), true)
  }

  /** What the call changed is no longer used. */
  async #committed({ invalidated }: Transaction, own: OwnModels): Promise<void> {
    if (this.#isWatching) {
      // the call is committed: if this fails, the next one finds the process behind
      if (invalidated.size > 0) await this.#renew(own).catch(() => undefined)
      return
    }
    if (own.registry) this.#adopt(own.registry)
    else if (invalidated.has('digits'))
      await this.db.transaction('read', (reading) => readDigits(this.#registry, reading))
    this.caches.clear(invalidated)
  }

  /** Forgets what was changed by the commits until now that this process does not take into account yet. */
  #renew(own?: OwnModels): Promise<void> {
    return this.#renewing.run(async () => {
      const news = await this.db.transaction('read', async (connection) => {
        if (connection.announced === null || connection.announced <= this.#known.total) return undefined
        const { counts, isLong } = await readAnnouncements(connection)
        const changed = this.#known.changedIn(counts)
        if (changed.has('digits') && !changed.has('registry')) await readDigits(this.#registry, connection)
        // the models of the own call are the newest if nobody else changed any, and nobody renewed in between
        const isOwn = this.#known.newOf('registry', counts) === 1 && this.#known.total === own?.announced
        const layers =
          changed.has('registry') && !isOwn ? ((await this.addons?.layers()) ?? this.#layers) : this.#layers
        const registry = changed.has('registry')
          ? (isOwn && own?.registry) || (await this.#build(layers, connection))
          : undefined
        return { counts, isLong, changed, registry, layers }
      })
      if (!news) return
      if (news.registry) this.#registry = news.registry
      this.#layers = news.layers
      this.#known.take(news.counts)
      this.caches.clear(news.registry ? [...news.changed, ...SUBJECTS] : news.changed)
      if (news.isLong) await shortenChanges(this.db)
    })
  }

  /** The models with what people just declared, their tables changed within the same transaction. */
  async #rebuilt(connection: Connection): Promise<Registry> {
    const registry = await this.#build(this.#layers, connection)
    const manual = new Set(
      [...registry.models()]
        .filter((model) => model.manual || [...model.fields.values()].some((field) => field.manual))
        .map(({ name }) => name),
    )
    const plan = planSchema(desiredSchema(registry, this.db.dialect, manual), await introspect(this.db, connection))
    await applyPlan(this.db, plan, connection)
    return registry
  }

  async #build(layers: readonly AddonLayers[], connection: Connection): Promise<Registry> {
    const code = Registry.build(layers, this.caches)
    const manual = await readManualLayers(code, connection)
    const registry = manual ? Registry.build([...layers, manual], this.caches) : code
    await readDigits(registry, connection)
    return registry
  }

  /** From now on calls work with these models: the one place where they change, told as the subject `registry`. */
  #adopt(registry: Registry): void {
    this.#registry = registry
    this.caches.clear(SUBJECTS)
  }

  async close(): Promise<void> {
    await this.#unlisten()
    await this.db.close()
  }
}
