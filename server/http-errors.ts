import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { JSONRPCErrorCode } from 'json-rpc-2.0'
import { ComptoirError } from '../core/errors.ts'
import { type ErrorReply, errorReply } from './error-reply.ts'
import { ROUTE_NOT_FOUND } from './errors.ts'

/** What Python's web servers call these; other refusals of a request are a BadRequest. */
const NAMES: Readonly<Record<number, string>> = {
  408: 'werkzeug.exceptions.RequestTimeout',
  413: 'werkzeug.exceptions.RequestEntityTooLarge',
  415: 'werkzeug.exceptions.UnsupportedMediaType',
}

function refusal(error: FastifyError, status: number): ErrorReply {
  return {
    code: JSONRPCErrorCode.InvalidRequest,
    message: 'Invalid Request',
    data: {
      name: NAMES[status] ?? 'werkzeug.exceptions.BadRequest',
      message: error.message,
      arguments: [error.message],
      context: { code: error.code },
      debug: '',
    },
  }
}

/** What is told of a request that the server refused before a route saw it, and its status; `undefined` for other errors. */
export function refusedByServer(
  error: unknown,
  request: FastifyRequest,
): { reply: ErrorReply; status: number } | undefined {
  const { statusCode: status = 500, code } = error as Partial<FastifyError> // anything can be thrown; both are optional
  if (error instanceof ComptoirError || status < 400 || status >= 500) return undefined
  request.facts.error = code ?? String(status)
  return { reply: refusal(error as FastifyError, status), status }
}

function respond(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const early = refusedByServer(error, request)
  if (early) return reply.code(early.status).send({ jsonrpc: '2.0', id: null, error: early.reply })
  if (error instanceof ComptoirError) reply.code(error.exception === 'NotFound' ? 404 : 400)
  else reply.code(500)
  return reply.send({ jsonrpc: '2.0', id: null, error: errorReply(error, request) })
}

/** Answers what never reaches a method (no such route, a body that is no JSON, too large or of another type) in JSON-RPC's form. */
export function answerHttpErrors(app: FastifyInstance): void {
  app.setErrorHandler(respond)
  app.setNotFoundHandler((request, reply) =>
    respond(new ROUTE_NOT_FOUND(request.method, request.url.split('?')[0] ?? ''), request, reply),
  )
}
