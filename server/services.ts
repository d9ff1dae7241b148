import type { Credentials } from '../core/security/credentials.ts'
import type { Sessions } from '../core/security/sessions.ts'
import type { Runtime } from '../core/runtime.ts'
import type { Config } from './config.ts'
import type { Databases } from './databases/manager.ts'

/** What the routes of an app work with. */
export interface Services {
  readonly config: Config
  readonly runtime: Runtime
  readonly credentials: Credentials
  readonly sessions: Sessions
  readonly databases: Databases
}

/** What the log tells of a request; routes fill it in. */
export interface RequestFacts {
  /** `model.method` of the last call, or `service.method`. */
  call?: string
  uid?: number
  /** SQL statements of all calls. */
  queries: number
  /** Code of the last error that a call met. */
  error?: string
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly services: Services
  }
  interface FastifyRequest {
    facts: RequestFacts
  }
}
