import type { FastifyReply, FastifyRequest } from 'fastify'
import { MODEL_UNKNOWN } from '../../../core/orm/errors.ts'
import { ComptoirError, type ExceptionName } from '../../../core/errors.ts'
import { LOGIN_DELAYED } from '../../../core/security/errors.ts'
import { METHOD_UNKNOWN } from '../../../core/wire/errors.ts'
import { errorReply, type ErrorData } from '../../error-reply.ts'
import { DATABASE_NOT_FOUND } from '../../errors.ts'
import { refusedByServer } from '../../http-errors.ts'

/** An error as `/json/2` tells it: Odoo's five keys, the code, and of the details those that most errors have. */
export interface Json2Error extends ErrorData {
  readonly code: unknown
  readonly hint?: unknown
  readonly model?: unknown
  readonly field?: unknown
  readonly ids?: unknown
}

const LIFTED = ['hint', 'model', 'field', 'ids'] as const

const STATUS: Readonly<Record<ExceptionName, number>> = {
  ValidationError: 422,
  UserError: 422,
  RedirectWarning: 422,
  AccessError: 403,
  AccessDenied: 403,
  Unauthorized: 401,
  SessionExpired: 401,
  MissingError: 404,
  NotFound: 404,
  OperationalError: 404,
  Conflict: 409,
  ValueError: 400,
  KeyError: 400,
  AttributeError: 400,
  TypeError: 400,
  Unavailable: 503,
  InternalError: 500,
}

/** Where the code tells more than the exception does. */
const STATUS_OF_CODE: ReadonlyMap<string, number> = new Map([
  [MODEL_UNKNOWN.code, 404],
  [METHOD_UNKNOWN.code, 404],
  [DATABASE_NOT_FOUND.code, 404],
  [LOGIN_DELAYED.code, 429],
])

/** Status codes of `/json/2` beside 200, with what they say; a description of the interface lists them. */
export const REFUSALS: Readonly<Record<number, string>> = {
  400: 'The request is not well-formed: an argument, a field or the body is wrong.',
  401: 'The API key or the session is missing, wrong or no longer valid.',
  403: 'The user may not do that.',
  404: 'There is no such model, method or record.',
  409: 'Somebody else changed the record in the meantime.',
  422: 'A rule of the business forbids it: the message is meant for people.',
  429: 'Too many wrong keys came from this address: wait as the header Retry-After says.',
  500: 'The server met an unexpected error; its log has the details.',
  503: 'The database is too busy: try again.',
}

function statusOf(error: unknown): number {
  if (!(error instanceof ComptoirError)) return 500
  return STATUS_OF_CODE.get(error.code) ?? STATUS[error.exception]
}

/** Answers an error with the HTTP status that it deserves. */
export function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const early = refusedByServer(error, request)
  const data = early?.reply.data ?? errorReply(error, request).data
  const status = early?.status ?? statusOf(error)
  reply.code(status)
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  if (status === 429) reply.header('retry-after', String(data.context['retry_after']))
  const lifted = Object.fromEntries(LIFTED.flatMap((key) => (key in data.context ? [[key, data.context[key]]] : [])))
  return reply.send({ ...data, code: data.context['code'], ...lifted } satisfies Json2Error)
}
