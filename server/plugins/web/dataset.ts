import type { FastifyInstance } from 'fastify'
import { PARAMS_INVALID } from '../../errors.ts'
import { type Exchange, type Handler, jsonRpcRoute } from '../../json-rpc.ts'
import { callModel } from '../../model-call.ts'
import { cleanAction } from '../../clean-action.ts'
import { requireSession } from '../../session-cookie.ts'
import { type Schema, validator } from '../../validate.ts'

interface CallParams {
  readonly model: string
  readonly method: string
  readonly args?: readonly unknown[]
  readonly kwargs?: Record<string, unknown> | null
}

interface SearchParams {
  readonly model: string
  readonly fields?: readonly string[] | false
  readonly domain?: readonly unknown[]
  readonly offset?: number
  readonly limit?: number | false
  readonly sort?: string | false
}

const TEXT: Schema = { type: 'string', minLength: 1, maxLength: 200 }

const callParams = validator<CallParams>(
  {
    type: 'object',
    required: ['model', 'method'],
    properties: { model: TEXT, method: TEXT, args: { type: 'array' }, kwargs: { type: ['object', 'null'] } },
  },
  'params',
  PARAMS_INVALID,
)

const searchParams = validator<SearchParams>(
  {
    type: 'object',
    required: ['model'],
    properties: {
      model: TEXT,
      fields: { anyOf: [{ type: 'array', items: { type: 'string' } }, { const: false }] },
      domain: { type: 'array' },
      offset: { type: 'integer', minimum: 0 },
      limit: { anyOf: [{ type: 'integer', minimum: 0 }, { const: false }] },
      sort: { anyOf: [{ type: 'string' }, { const: false }] },
    },
  },
  'params',
  PARAMS_INVALID,
)

const callKw: Handler = async (params, { request }: Exchange) => {
  const { model, method, args = [], kwargs } = callParams(params)
  const { uid } = await requireSession(request)
  return callModel(request, { uid, model, method, args, kwargs: kwargs ?? {} })
}

/** A button gets the action that its method answered; any other answer is of no use to it. */
const callButton: Handler = async (params, exchange) => {
  return cleanAction(await callKw(params, exchange))
}

/** Rows of a page and the number of all rows. */
const searchRead: Handler = async (params, { request }) => {
  const { model, fields, domain = [], offset = 0, limit = false, sort = false } = searchParams(params)
  const { uid } = await requireSession(request)
  const length = await callModel(request, { uid, model, method: 'search_count', args: [domain], kwargs: {} })
  const kwargs = { fields: fields || [], offset, limit, order: sort }
  const records = await callModel(request, { uid, model, method: 'search_read', args: [domain], kwargs })
  return { length, records }
}

/** `/web/dataset`: calls of models' methods within a session. What follows `call_kw/` in a path is for logs only. */
export async function webDataset(app: FastifyInstance): Promise<void> {
  for (const path of ['/web/dataset/call_kw', '/web/dataset/call_kw/*']) jsonRpcRoute(app, path, 'lenient', callKw)
  for (const path of ['/web/dataset/call_button', '/web/dataset/call_button/*']) {
    jsonRpcRoute(app, path, 'lenient', callButton)
  }
  jsonRpcRoute(app, '/web/dataset/search_read', 'lenient', searchRead)
}
