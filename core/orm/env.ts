import type { Connection } from '../sql/connection.ts'
import type { Database } from '../sql/database.ts'
import type { Dialect } from '../sql/dialect.ts'
import type { Context, ModelName, Recs } from './models.ts'
import type { CallCaches } from './call-caches.ts'
import type { Registry } from './registry.ts'
import type { AnyRecordSet } from './record-set.ts'
import type { Transaction } from './transaction.ts'

/** `env['sale.order']` is the empty set of that model, with the methods of every installed addon. */
export type Env = EnvCore & { readonly [N in ModelName]: Recs<N> }

/** What every check of rights needs to know of a user; cached, see `security/users.ts`. */
export interface UserFacts {
  readonly id: number
  readonly login: string
  readonly name: string
  readonly partnerId: number
  readonly commercialPartnerId: number
  readonly active: boolean
  readonly companyId: number
  readonly companyIds: readonly number[]
  readonly lang: string | null
  readonly tz: string | null
  /** Ids of all groups, implied ones included. */
  readonly groupIds: ReadonlySet<number>
  /** External ids of those groups. */
  readonly groups: ReadonlySet<string>
}

/** What may be changed when an environment is derived from another. */
export interface EnvChange {
  readonly context?: Context
  /** Replaces the whole context instead of adding to it. */
  readonly onlyContext?: Context
}

/** Who asks, in what context, in which transaction. Immutable; `with` and `sudo` derive others. */
export interface EnvCore {
  readonly registry: Registry
  readonly transaction: Transaction
  readonly connection: Connection
  readonly db: Database
  readonly dialect: Dialect
  /** What is kept for all calls of the process: users' rights, languages, parameters. */
  readonly caches: CallCaches
  readonly uid: number
  /** Whether rights are not checked. */
  readonly su: boolean
  /** The reason that was given for it. */
  readonly reason: string | null
  readonly context: Context
  readonly user: UserFacts
  /** The language of the context, `en_US` without one. */
  readonly lang: string
  /** The time zone of the context as an IANA name, `UTC` without one. */
  readonly zone: string
  /** The company that values of this call belong to: the first allowed one, else the user's own. */
  readonly companyId: number
  /** The companies whose records are in sight. */
  readonly companyIds: readonly number[]
  /** The set of records with these ids; nothing is read. */
  browse<N extends ModelName>(model: N, ids: readonly number[]): Recs<N>
  /** The same for a name known only at run time. @throws MODEL_UNKNOWN */
  model(name: string, ids?: readonly number[]): AnyRecordSet
  with(change: EnvChange): Env
  /** The same call as another user, with that user's rights, companies and language. */
  asUser(uid: number): Promise<Env>
  /** The same without checks of rights; the reason stands in the code for whoever audits it. */
  sudo(reason: string): Env
  /** The record behind an external id `module.name`, as [model, id]; `undefined` when there is none. */
  xmlId(name: string): Promise<readonly [model: string, id: number] | undefined>
}
