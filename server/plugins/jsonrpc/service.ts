import type { FastifyRequest } from 'fastify'

/** One method of a service: checks its positional arguments itself, answers JSON. */
export type ServiceMethod = (args: readonly unknown[], request: FastifyRequest) => Promise<unknown>

/** One service of `/jsonrpc`. */
export interface Service {
  readonly methods: ReadonlyMap<string, ServiceMethod>
  /** Answers all other methods. */
  readonly otherwise?: ServiceMethod
}
