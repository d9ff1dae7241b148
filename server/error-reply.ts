import type { FastifyRequest } from 'fastify'
import { JSONRPCErrorCode } from 'json-rpc-2.0'
import { ComptoirError, type ExceptionName } from '../core/errors.ts'
import { BODY_FORBIDDEN_KEY, BODY_MALFORMED, BODY_TOO_DEEP, PARAMS_INVALID, REQUEST_INVALID } from './errors.ts'

/** The `data` of an error on the wire: these five keys and no other, as clients written for Odoo expect. */
export interface ErrorData {
  /** The qualified name of the exception, `odoo.exceptions.UserError`. */
  readonly name: string
  readonly message: string
  readonly arguments: readonly unknown[]
  /** The stable code of the error and what machines can use: model, field, ids. */
  readonly context: Readonly<Record<string, unknown>>
  /** The stack trace when the server runs with `--dev`, else empty. */
  readonly debug: string
}

/** The `error` of a JSON-RPC response. */
export interface ErrorReply {
  readonly code: number
  readonly message: string
  readonly data: ErrorData
}

const NAMES: Readonly<Record<Exclude<ExceptionName, 'InternalError'>, string>> = {
  ValidationError: 'odoo.exceptions.ValidationError',
  UserError: 'odoo.exceptions.UserError',
  RedirectWarning: 'odoo.exceptions.RedirectWarning',
  AccessError: 'odoo.exceptions.AccessError',
  AccessDenied: 'odoo.exceptions.AccessDenied',
  MissingError: 'odoo.exceptions.MissingError',
  SessionExpired: 'odoo.http.SessionExpiredException',
  ValueError: 'builtins.ValueError',
  KeyError: 'builtins.KeyError',
  AttributeError: 'builtins.AttributeError',
  TypeError: 'builtins.TypeError',
  NotFound: 'werkzeug.exceptions.NotFound',
  Unauthorized: 'werkzeug.exceptions.Unauthorized',
  // A person reads these two, and can do something about it: look at what changed, try again.
  Conflict: 'odoo.exceptions.UserError',
  OperationalError: 'psycopg2.OperationalError',
  Unavailable: 'odoo.exceptions.UserError',
}

/** Codes of JSON-RPC for errors that are found before a method runs. */
const PROTOCOL_CODES: ReadonlyMap<string, readonly [code: number, message: string]> = new Map([
  [BODY_MALFORMED.code, [JSONRPCErrorCode.ParseError, 'Parse error']],
  [BODY_TOO_DEEP.code, [JSONRPCErrorCode.InvalidRequest, 'Invalid Request']],
  [BODY_FORBIDDEN_KEY.code, [JSONRPCErrorCode.InvalidRequest, 'Invalid Request']],
  [REQUEST_INVALID.code, [JSONRPCErrorCode.InvalidRequest, 'Invalid Request']],
  [PARAMS_INVALID.code, [JSONRPCErrorCode.InvalidParams, 'Invalid params']],
])

function codeOf(error: ComptoirError): readonly [code: number, message: string] {
  if (error.exception === 'SessionExpired') return [100, 'Odoo Session Expired']
  if (error.exception === 'NotFound') return [404, '404: Not Found']
  return PROTOCOL_CODES.get(error.code) ?? [200, 'Odoo Server Error']
}

/** Python's arguments of the exception: of a RedirectWarning also the action and the text of its button. */
function argumentsOf(error: ComptoirError): readonly unknown[] {
  if (error.exception !== 'RedirectWarning') return [error.message]
  const { action = null, button = null } = error.details
  return [error.message, action, button, null]
}

/**
 * What a client is told of an error. An error that nobody threw on purpose is logged, and the client learns no more
 * than the id under which the log has it.
 */
export function errorReply(error: unknown, request: FastifyRequest): ErrorReply {
  const debug = request.server.services.config.dev && error instanceof Error ? (error.stack ?? '') : ''
  if (error instanceof ComptoirError && error.exception !== 'InternalError') {
    request.facts.error = error.code
    const [code, message] = codeOf(error)
    return {
      code,
      message,
      data: {
        name: NAMES[error.exception],
        message: error.message,
        arguments: argumentsOf(error),
        context: { code: error.code, ...error.details },
        debug,
      },
    }
  }
  const code = error instanceof ComptoirError ? error.code : 'UNEXPECTED'
  request.facts.error = code
  request.log.error({ err: error, call: request.facts.call }, 'unexpected error')
  const message = `The server met an unexpected error. Its log has the details under the id ${request.id}.`
  return {
    code: 200,
    message: 'Odoo Server Error',
    data: {
      name: 'builtins.Exception',
      message,
      arguments: [message],
      context: { code, request_id: request.id },
      debug,
    },
  }
}
