import type { FastifyRequest } from 'fastify'
import { DATABASE_NOT_FOUND } from './errors.ts'

/**
 * Holds the name that a client gave against the one database that is served.
 * @throws DATABASE_NOT_FOUND
 */
export function checkDatabase(request: FastifyRequest, name: string): void {
  if (name !== request.server.services.runtime.db.name) throw new DATABASE_NOT_FOUND()
}
