import type { Caller, Calls } from './orm/calls.ts'
import type { Env } from './orm/env.ts'
import type { AddonLayers } from './orm/setup/layers.ts'
import type { Connection, QueryListener } from './sql/connection.ts'
import type { Database } from './sql/database.ts'
import { settle } from './orm/compute/flush.ts'
import { userEnv } from './orm/make-env.ts'
import { ProcessCaches } from './orm/process-caches.ts'
import { Registry } from './orm/registry.ts'
import { connectOperations } from './orm/setup/wire.ts'
import { readDigits, readManualLayers } from './orm/setup/stored.ts'
import { Transaction } from './orm/transaction.ts'
import { applyPlan, desiredSchema, introspect, planSchema } from './schema/index.ts'
import { transactionWithRetry, type CallMode } from './sql/retry.ts'

connectOperations()

export type { Caller } from './orm/calls.ts'

/** One open database with its models: calls are transactions on it. */
export class Runtime implements Calls {
  readonly db: Database
  readonly caches: ProcessCaches
  /** Told of every statement of every call; for profiles and tests. */
  listener: QueryListener | undefined
  #layers: readonly AddonLayers[]
  #registry: Registry

  private constructor(db: Database, layers: readonly AddonLayers[]) {
    this.db = db
    this.caches = new ProcessCaches()
    this.#layers = layers
    this.#registry = Registry.build(layers, this.caches)
  }

  /**
   * Serves a database with the models of the given addons; the tables must be there.
   * @throws REGISTRY_WRONG
   */
  static serve(db: Database, layers: readonly AddonLayers[]): Runtime {
    return new Runtime(db, layers)
  }

  /** The models as they are now; fields that people add make a new one. */
  get registry(): Registry {
    return this.#registry
  }

  /** Builds the models anew: of other addons, with the manual models and fields that the tables hold. */
  async reload(layers: readonly AddonLayers[] = this.#layers): Promise<void> {
    const registry = await this.db.transaction('read', (connection) => this.#build(layers, connection))
    this.#layers = layers
    this.#adopt(registry)
  }

  /**
   * Runs the work as one call: a transaction with a cache of its own, what is stale recomputed before the commit, all
   * of it again when the database reports a conflict. Gives what the work answers.
   */
  async call<T>(who: Caller, mode: CallMode, work: (env: Env) => Promise<T>): Promise<T> {
    const since = this.caches.version
    const { transaction, result, registry } = await transactionWithRetry(this.db, mode, async (connection) => {
      connection.listener = this.listener
      const transaction = new Transaction(this.db, connection, this.caches, { since })
      const env = await userEnv(this.#registry, transaction, who)
      const result = await work(env)
      if (mode !== 'read') await settle(env)
      const registry = transaction.invalidated.has('registry') ? await this.#rebuilt(connection) : undefined
      return { transaction, result, registry }
    })
    if (registry) this.#adopt(registry)
    else if (transaction.invalidated.has('digits')) await this.db.transaction('read', (connection) => readDigits(this.#registry, connection))
    this.caches.clear(transaction.invalidated)
    await transaction.runAfterCommit(this)
    return result
  }

  /** The models with what people just declared, their tables changed within the same transaction. */
  async #rebuilt(connection: Connection): Promise<Registry> {
    const registry = await this.#build(this.#layers, connection)
    const manual = new Set([...registry.models()].filter((model) => model.manual || [...model.fields.values()].some((field) => field.manual)).map(({ name }) => name))
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

  #adopt(registry: Registry): void {
    this.#registry = registry
    this.caches.clear(['security', 'registry', 'lang', 'parameters', 'defaults', 'currencies', 'digits'])
  }

  async close(): Promise<void> {
    await this.db.close()
  }
}
