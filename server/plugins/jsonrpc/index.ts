import type { FastifyInstance } from 'fastify'
import { PARAMS_INVALID, SERVICE_METHOD_UNKNOWN, SERVICE_UNKNOWN } from '../../errors.ts'
import { type Exchange, jsonRpcRoute } from '../../json-rpc.ts'
import { validator } from '../../validate.ts'
import { common } from './common.ts'
import { db } from './db.ts'
import { object } from './object.ts'
import type { Service } from './service.ts'

interface Params {
  readonly service: string
  readonly method: string
  readonly args?: readonly unknown[]
}

const checked = validator<Params>(
  {
    type: 'object',
    required: ['service', 'method'],
    properties: {
      service: { type: 'string', maxLength: 64 },
      method: { type: 'string', maxLength: 64 },
      args: { type: 'array' },
    },
  },
  'params',
  PARAMS_INVALID,
)

const services: ReadonlyMap<string, Service> = new Map<string, Service>([
  ['common', common],
  ['db', db],
  ['object', object],
])

async function dispatch(params: unknown, { request }: Exchange): Promise<unknown> {
  const { service: name, method: methodName, args = [] } = checked(params)
  request.facts.call = `${name}.${methodName}`
  const service = services.get(name)
  if (!service) throw new SERVICE_UNKNOWN(name)
  const method = service.methods.get(methodName) ?? service.otherwise
  if (!method) throw new SERVICE_METHOD_UNKNOWN(name, methodName)
  return method(args, request)
}

/** `/jsonrpc`: the services that scripts use, each call with its own credentials. */
export async function jsonRpcService(app: FastifyInstance): Promise<void> {
  jsonRpcRoute(app, '/jsonrpc', 'strict', dispatch)
}
