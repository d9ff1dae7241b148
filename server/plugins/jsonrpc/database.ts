import type { FastifyRequest } from 'fastify'
import { DATABASE_UNKNOWN } from '../../errors.ts'

/**
 * Holds the name of the database in a script's call against the one that is served.
 * @throws DATABASE_UNKNOWN
 */
export function checkServed(request: FastifyRequest, name: string): void {
  if (name !== request.server.services.runtime.db.name) throw new DATABASE_UNKNOWN(name)
}
