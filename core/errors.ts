/** What a client is told an error is; each has a name on the wire that clients written for Odoo know. */
export type ExceptionName =
  | 'ValidationError'
  | 'UserError'
  | 'RedirectWarning'
  | 'AccessError'
  | 'AccessDenied'
  | 'MissingError'
  | 'SessionExpired'
  | 'ValueError'
  | 'KeyError'
  | 'AttributeError'
  | 'TypeError'
  | 'NotFound'
  | 'Unauthorized'
  | 'Conflict'
  | 'OperationalError'
  | 'Unavailable'
  | 'InternalError'

/**
 * The one base of all errors that are thrown on purpose. `code` is stable and documented in
 * `docs/errors.md`; `exception` decides what a client sees; `details` is plain data for machines.
 */
export class ComptoirError extends Error {
  readonly code: string
  readonly exception: ExceptionName
  details: Readonly<Record<string, unknown>> = {}

  constructor(code: string, exception: ExceptionName, message: string) {
    super(message)
    this.name = code
    this.code = code
    this.exception = exception
  }

  /** Adds facts for machines (model, field, ids …) and returns the error itself. */
  with(details: Readonly<Record<string, unknown>>): this {
    this.details = { ...this.details, ...details }
    return this
  }
}

/** The constructor of one documented error. `instanceof` works on it. */
export interface ErrorType<A extends readonly unknown[]> {
  new (...args: A): ComptoirError
  readonly code: string
  readonly exception: ExceptionName
}

const table = new Map<string, ExceptionName>()

/** Every error code defined so far, with its exception: what `docs/errors.md` is held against. */
export const errorTable: ReadonlyMap<string, ExceptionName> = table

/**
 * Declares an error: `const ORDER_EMPTY = defineError('ORDER_EMPTY', 'UserError', (name) => `Order ${name} has no lines`)`,
 * thrown as `throw new ORDER_EMPTY('S1')`.
 */
export function defineError<A extends readonly unknown[]>(
  code: string,
  exception: ExceptionName,
  message: (...args: A) => string,
): ErrorType<A> {
  table.set(code, exception)
  return class extends ComptoirError {
    static readonly code = code
    static readonly exception = exception
    constructor(...args: A) {
      super(code, exception, message(...args))
    }
  }
}
