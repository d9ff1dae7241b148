import type { FastifyRequest } from 'fastify'
import { SERVICE_METHOD_UNKNOWN, SERVICE_UNKNOWN } from '../../errors.ts'
import { common } from './common.ts'
import { db } from './db.ts'
import { object } from './object.ts'
import type { Service } from './service.ts'

const services: ReadonlyMap<string, Service> = new Map<string, Service>([
  ['common', common],
  ['db', db],
  ['object', object],
])

/**
 * Runs a method of a service with positional arguments, whatever protocol brought them.
 * @throws SERVICE_UNKNOWN, SERVICE_METHOD_UNKNOWN, and what the method throws
 */
export async function callService(
  request: FastifyRequest,
  name: string,
  methodName: string,
  args: readonly unknown[],
): Promise<unknown> {
  request.facts.call = `${name}.${methodName}`
  const service = services.get(name)
  if (!service) throw new SERVICE_UNKNOWN(name)
  const method = service.methods.get(methodName) ?? service.otherwise
  if (!method) throw new SERVICE_METHOD_UNKNOWN(name, methodName)
  return method(args, request)
}
