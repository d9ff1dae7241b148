import type { FastifyInstance } from 'fastify'
import { PARAMS_INVALID } from '../../errors.ts'
import { type Exchange, jsonRpcRoute } from '../../json-rpc.ts'
import { validator } from '../../validate.ts'
import { callService } from './services.ts'

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

async function dispatch(params: unknown, { request }: Exchange): Promise<unknown> {
  const { service, method, args = [] } = checked(params)
  return callService(request, service, method, args)
}

/** `/jsonrpc`: the services that scripts use, each call with its own credentials. */
export async function jsonRpcService(app: FastifyInstance): Promise<void> {
  jsonRpcRoute(app, '/jsonrpc', 'strict', dispatch)
}
