import type { CallMode } from '../sql/retry.ts'
import type { AddonService } from './addon-service.ts'
import type { Env } from './env.ts'
import type { Context } from './models.ts'

/** Who makes a call, and in what context. */
export interface Caller {
  readonly uid: number
  readonly context?: Context
  /** Whether rights are not checked: for the system's own work. */
  readonly su?: boolean
}

/** What can make calls of its own: work that begins when the transaction that planned it is committed gets it. */
export interface Calls {
  /** Changes which addons there are; `null` where models are served without the folders that they come from. */
  readonly addons: AddonService | null
  /** Runs the work in a transaction of its own, again from the start when it conflicts with others. */
  call<T>(who: Caller, mode: CallMode, work: (env: Env) => Promise<T>): Promise<T>
}
