import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type JSONRPCRequest, type JSONRPCResponse, JSONRPCServer, createJSONRPCSuccessResponse } from 'json-rpc-2.0'
import { ComptoirError } from '../core/errors.ts'
import { errorReply } from './error-reply.ts'
import { REQUEST_INVALID } from './errors.ts'
import { validator } from './validate.ts'

/** One HTTP request and its answer. */
export interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Answers one call; `params` are the caller's and not checked yet. What it returns must be JSON. */
export type Handler = (params: unknown, exchange: Exchange) => Promise<unknown>

/**
 * `strict` is JSON-RPC 2.0 to the letter. `lenient` is what the routes under `/web` take: the envelope may lack
 * `jsonrpc`, `method` and `id`, its method means nothing, and a request without an id is answered all the same.
 */
export type Envelope = 'strict' | 'lenient'

const ENVELOPE = {
  type: 'object',
  properties: {
    jsonrpc: { const: '2.0' },
    method: { type: 'string' },
    params: { type: ['object', 'array'] },
    id: { type: ['string', 'number', 'null'] },
  },
}

const checks = {
  strict: validator<JSONRPCRequest>({ ...ENVELOPE, required: ['jsonrpc', 'method'] }, 'request', REQUEST_INVALID),
  lenient: validator<Partial<JSONRPCRequest>>(ENVELOPE, 'request', REQUEST_INVALID),
}

const ANSWERED = { jsonrpc: '2.0', id: null, params: {} } as const

function requestOf(body: unknown, envelope: Envelope): JSONRPCRequest {
  return envelope === 'strict' ? checks.strict(body) : { ...ANSWERED, ...checks.lenient(body), method: 'call' }
}

function failure(id: JSONRPCRequest['id'], error: unknown, { request }: Exchange): JSONRPCResponse {
  return { jsonrpc: '2.0', id: id ?? null, error: errorReply(error, request) }
}

function serverOf(handler: Handler): JSONRPCServer<Exchange> {
  const server = new JSONRPCServer<Exchange>({ errorListener: () => undefined })
  server.addMethodAdvanced('call', async ({ id, params }, exchange) => {
    let response: JSONRPCResponse
    try {
      const result = await handler(params ?? {}, exchange)
      response = createJSONRPCSuccessResponse(id ?? null, result)
    } catch (error) {
      response = failure(id, error, exchange)
    }
    return id === undefined ? null : response
  })
  return server
}

/**
 * Adds a route whose body is a JSON-RPC request for the method `call`, or a batch of such. The calls of a batch run
 * one after the other, each in a transaction of its own. Notifications get HTTP 204.
 */
export function jsonRpcRoute(app: FastifyInstance, path: string, envelope: Envelope, handler: Handler): void {
  const server = serverOf(handler)

  async function answer(body: unknown, exchange: Exchange): Promise<JSONRPCResponse | null> {
    return server.receive(requestOf(body, envelope), exchange)
  }

  async function answerOfMany(body: readonly unknown[], exchange: Exchange): Promise<JSONRPCResponse[]> {
    const { maxBatch } = app.services.config.limits
    if (body.length === 0 || body.length > maxBatch) {
      throw new REQUEST_INVALID(`a batch has 1 to ${maxBatch} calls, not ${body.length}`)
    }
    const answers: JSONRPCResponse[] = []
    for (const item of body) {
      const one = await answer(item, exchange).catch((error: unknown) => failure(null, error, exchange))
      if (one) answers.push(one)
    }
    return answers
  }

  app.post(path, async (request, reply) => {
    const exchange: Exchange = { request, reply }
    try {
      const { body } = request
      const answers = Array.isArray(body) ? await answerOfMany(body, exchange) : await answer(body, exchange)
      if (answers === null || (Array.isArray(answers) && answers.length === 0)) return await reply.code(204).send()
      return answers
    } catch (error) {
      if (error instanceof ComptoirError) reply.code(400)
      throw error
    }
  })
}
