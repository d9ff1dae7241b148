import type { CallCaches } from './call-caches.ts'
import type { Context, ModelName, Recs } from './models.ts'
import type { Connection } from '../sql/connection.ts'
import type { Database } from '../sql/database.ts'
import type { Dialect } from '../sql/dialect.ts'
import type { Env, EnvChange, EnvCore, UserFacts } from './env.ts'
import type { AnyRecordSet } from './record-set.ts'
import type { Registry } from './registry.ts'
import type { Transaction } from './transaction.ts'
import { ACCESS_COMPANY } from '../security/access-errors.ts'
import { SUPERUSER_ID, userFacts } from '../security/users.ts'
import { LANGUAGE_UNKNOWN } from './errors.ts'
import { isZone } from '../tools/zones.ts'
import { sql } from '../sql/fragment.ts'
import { activeLanguages } from './languages.ts'

interface EnvState {
  readonly registry: Registry
  readonly transaction: Transaction
  readonly user: UserFacts
  readonly su: boolean
  readonly reason: string | null
  readonly context: Context
}

/** One environment. Subclassed per registry, with a getter for each model. */
class EnvBase implements EnvCore {
  readonly registry: Registry
  readonly transaction: Transaction
  readonly user: UserFacts
  readonly su: boolean
  readonly reason: string | null
  readonly context: Context

  constructor(state: EnvState) {
    this.registry = state.registry
    this.transaction = state.transaction
    this.user = state.user
    this.su = state.su || state.user.id === SUPERUSER_ID
    this.reason = state.reason
    this.context = state.context
  }

  get uid(): number {
    return this.user.id
  }
  get connection(): Connection {
    return this.transaction.connection
  }
  get caches(): CallCaches {
    return this.transaction.caches
  }
  get db(): Database {
    return this.transaction.db
  }
  get dialect(): Dialect {
    return this.transaction.db.dialect
  }
  get lang(): string {
    return this.context.lang || 'en_US'
  }
  get zone(): string {
    const { tz } = this.context
    return tz && isZone(tz) ? tz : 'UTC'
  }
  get companyIds(): readonly number[] {
    const allowed = this.context.allowed_company_ids
    return allowed && allowed.length > 0 ? allowed : this.user.companyIds
  }
  get companyId(): number {
    return this.context.allowed_company_ids?.[0] ?? this.user.companyId
  }

  browse<N extends ModelName>(model: N, ids: readonly number[]): Recs<N> {
    return this.model(model, ids) as unknown as Recs<N>
  }

  model(name: string, ids: readonly number[] = []): AnyRecordSet {
    return new (this.registry.get(name).RecordSet)(this as never, name, ids)
  }

  with(change: EnvChange): Env {
    const context = change.onlyContext ?? { ...this.context, ...change.context }
    return makeEnv({ ...this.#state(), context })
  }

  sudo(reason: string): Env {
    return this.su ? (this as unknown as Env) : makeEnv({ ...this.#state(), su: true, reason })
  }

  async asUser(uid: number): Promise<Env> {
    const user = await userFacts(this.registry, this.transaction, uid)
    return makeEnv({ ...this.#state(), user, su: false, reason: null, context: { lang: user.lang, tz: user.tz } })
  }

  async xmlId(name: string): Promise<readonly [model: string, id: number] | undefined> {
    const dot = name.indexOf('.')
    const [row] = await this.connection.rows<{ model: string; res_id: number }>(
      sql`SELECT model, res_id FROM ir_model_data WHERE module = ${name.slice(0, dot)} AND name = ${name.slice(dot + 1)} AND res_id IS NOT NULL`,
    )
    return row && [row.model, row.res_id]
  }

  #state(): EnvState {
    const { registry, transaction, user, su, reason, context } = this
    return { registry, transaction, user, su, reason, context }
  }
}

const classes = new WeakMap<Registry, new (state: EnvState) => EnvBase>()

function classOf(registry: Registry): new (state: EnvState) => EnvBase {
  let Class = classes.get(registry)
  if (!Class) {
    Class = class Env extends EnvBase {}
    for (const { name } of registry.models()) {
      Object.defineProperty(Class.prototype, name, {
        get(this: EnvBase) {
          return this.model(name)
        },
      })
    }
    classes.set(registry, Class)
  }
  return Class
}

export function makeEnv(state: EnvState): Env {
  return new (classOf(state.registry))(state) as unknown as Env
}

/** The same user and context with rights checked again, after a sudo. */
export function withRights(env: Env): Env {
  const { registry, transaction, user, context } = env
  return makeEnv({ registry, transaction, user, su: false, reason: null, context })
}

/** The same user and context on another transaction: a draft beside the real one. */
export function withTransaction(env: Env, transaction: Transaction): Env {
  const { registry, user, su, reason, context } = env
  return makeEnv({ registry, transaction, user, su, reason, context })
}

/**
 * The environment of a call: who asks, in which context. A user works only in own companies and installed languages.
 * @throws USER_UNKNOWN, ACCESS_COMPANY, LANGUAGE_UNKNOWN
 */
export async function userEnv(
  registry: Registry,
  transaction: Transaction,
  who: { readonly uid: number; readonly context?: Context; readonly su?: boolean },
): Promise<Env> {
  const user = await userFacts(registry, transaction, who.uid)
  const context = who.context ?? {}
  const su = who.su === true || who.uid === SUPERUSER_ID
  const state = { registry, transaction, user, su, reason: who.su ? 'the caller said so' : null, context }
  await checkScope(state, context)
  return makeEnv(state)
}

/**
 * The same environment with more context that a client gave, for a part of its call.
 * @throws ACCESS_COMPANY, LANGUAGE_UNKNOWN
 */
export async function withClientContext(env: Env, context: Context): Promise<Env> {
  await checkScope(env, context)
  return env.with({ context })
}

/** Holds the companies and the language of a context against what the user may work in. */
async function checkScope(
  { registry, transaction, user, su }: Omit<EnvState, 'context' | 'reason'>,
  context: Context,
): Promise<void> {
  const foreign = su ? [] : (context.allowed_company_ids ?? []).filter((id) => !user.companyIds.includes(id))
  if (foreign.length > 0) throw new ACCESS_COMPANY(foreign)
  if (context.lang && context.lang !== 'en_US') {
    const languages = await activeLanguages(registry, transaction)
    if (!languages.has(context.lang)) throw new LANGUAGE_UNKNOWN(context.lang)
  }
}
