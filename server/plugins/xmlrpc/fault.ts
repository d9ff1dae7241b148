import type { FastifyRequest } from 'fastify'
import { ComptoirError, type ExceptionName } from '../../../core/errors.ts'
import { errorReply } from '../../error-reply.ts'
import { type FaultCode, writeFault } from './write.ts'

/** What the server could not do, and what is no call of it at all. */
const APPLICATION_ERROR = 1
/** What a person should read. */
const WARNING = 2
const ACCESS_DENIED = 3
const ACCESS_ERROR = 4

const CODES: Partial<Readonly<Record<ExceptionName, number>>> = {
  UserError: WARNING,
  ValidationError: WARNING,
  RedirectWarning: WARNING,
  MissingError: WARNING,
  Conflict: WARNING,
  Unavailable: WARNING,
  AccessDenied: ACCESS_DENIED,
  AccessError: ACCESS_ERROR,
}

function codeOf(error: unknown): number {
  return error instanceof ComptoirError ? (CODES[error.exception] ?? APPLICATION_ERROR) : APPLICATION_ERROR
}

/** The old routes put the kind of a warning and its text into the code. */
function oldFault(code: number, name: string, message: string, more: string): readonly [FaultCode, string] {
  if (code === ACCESS_DENIED) return ['AccessDenied', message]
  return code === APPLICATION_ERROR ? [message, more] : [`warning -- ${name}\n\n${message}`, '']
}

/** An error as the routes tell it: `/xmlrpc/2` with a number as the code, the old ones with a text. */
export function faultOf(error: unknown, request: FastifyRequest, old: boolean): string {
  const { name, message, debug } = errorReply(error, request).data
  const code = codeOf(error)
  if (old) return writeFault(...oldFault(code, name.split('.').at(-1) as string, message, debug))
  return writeFault(code, code === APPLICATION_ERROR && debug ? debug : message)
}
