import { defineError } from '../core/errors.ts'

/** An option of the command line or of the configuration has a value that it cannot have. */
export const CONFIG_INVALID = defineError(
  'CONFIG_INVALID',
  'ValueError',
  (problems: string) => `The configuration is not valid: ${problems}. Run with --help for the options.`,
)

/** A server process ended before it could serve. */
export const WORKER_FAILED = defineError(
  'WORKER_FAILED',
  'InternalError',
  (reason: string) => `A server process ended (${reason}) before it listened; what it said above is why.`,
)

/** Everybody could log in as an administrator. */
export const PASSWORD_DEFAULT = defineError(
  'PASSWORD_DEFAULT',
  'AccessDenied',
  (host: string, logins: readonly string[]) =>
    `The server does not listen on ${host} while the password of ${logins.join(', ')} is 'admin'. ` +
    'Start it on 127.0.0.1, change the password there, then start it again.',
)

/** The parameters of a call do not have the shape that the called method needs. */
export const PARAMS_INVALID = defineError(
  'PARAMS_INVALID',
  'TypeError',
  (problem: string) => `The parameters are not valid: ${problem}.`,
)

/** The body is JSON but no JSON-RPC request. */
export const REQUEST_INVALID = defineError(
  'REQUEST_INVALID',
  'ValueError',
  (problem: string) => `This is not a JSON-RPC request: ${problem}.`,
)

/** The body is not JSON. */
export const BODY_MALFORMED = defineError(
  'BODY_MALFORMED',
  'ValueError',
  (problem: string) => `The body is not JSON: ${problem}`,
)

/** The body holds arrays and objects inside each other to a depth that nobody needs. */
export const BODY_TOO_DEEP = defineError(
  'BODY_TOO_DEEP',
  'ValueError',
  (max: number) => `The body is nested deeper than ${max} levels.`,
)

/** The body has a key that could change the prototype of objects. */
export const BODY_FORBIDDEN_KEY = defineError(
  'BODY_FORBIDDEN_KEY',
  'ValueError',
  () => 'The body has a key __proto__ or constructor.prototype, which is refused.',
)

/** A name of a database on the wire that this server does not serve. */
export const DATABASE_NOT_FOUND = defineError('DATABASE_NOT_FOUND', 'AccessError', () => 'Database not found.')

/** The same on `/jsonrpc`, where scripts expect what the database driver of Odoo says. */
export const DATABASE_UNKNOWN = defineError(
  'DATABASE_UNKNOWN',
  'OperationalError',
  (name: string) => `FATAL:  database "${name}" does not exist\n`,
)

/** A model that no installed addon declares, in a call of the service `object`. */
export const OBJECT_UNKNOWN = defineError(
  'OBJECT_UNKNOWN',
  'UserError',
  (model: string) => `Object ${model} doesn't exist`,
)

/** A service of `/jsonrpc` that does not exist. */
export const SERVICE_UNKNOWN = defineError(
  'SERVICE_UNKNOWN',
  'KeyError',
  (service: string) => `There is no service '${service}': the services are common, object and db.`,
)

/** A method that the service does not have. */
export const SERVICE_METHOD_UNKNOWN = defineError(
  'SERVICE_METHOD_UNKNOWN',
  'AttributeError',
  (service: string, method: string) => `The service '${service}' has no method '${method}'.`,
)

/** No route answers this address. */
export const ROUTE_NOT_FOUND = defineError(
  'ROUTE_NOT_FOUND',
  'NotFound',
  (method: string, path: string) => `There is nothing at ${method} ${path}.`,
)

/** The header names an API key that nobody has, or no longer. */
export const BEARER_UNKNOWN = defineError('BEARER_UNKNOWN', 'Unauthorized', () => 'Invalid apikey')

/** Neither an API key nor a session says who asks. */
export const LOGIN_NEEDED = defineError(
  'LOGIN_NEEDED',
  'Unauthorized',
  () => 'Send an API key in the header Authorization: bearer KEY, or the cookie of a session.',
)

/** A page of another site had a browser call with the session of its user. */
export const SITE_FOREIGN = defineError(
  'SITE_FOREIGN',
  'AccessDenied',
  () => 'A session serves pages of this server only; other sites need an API key.',
)

/** The body is XML but no XML-RPC call, or more than a call may be. */
export const XMLRPC_INVALID = defineError(
  'XMLRPC_INVALID',
  'ValueError',
  (problem: string) => `This is not an XML-RPC call: ${problem}.`,
)

/** A form or script of a page sent no token, or that of another session. */
export const CSRF_WRONG = defineError(
  'CSRF_WRONG',
  'AccessDenied',
  () => 'The page is older than your session. Reload it and try again.',
)

/** The record that an address names is not there, or no more. */
export const RECORD_GONE = defineError(
  'RECORD_GONE',
  'NotFound',
  (model: string, id: number) => `There is no record ${id} of ${model} (any more).`,
)

/** A form asks for a line that its record does not have. */
export const LINE_GONE = defineError(
  'LINE_GONE',
  'NotFound',
  (model: string, field: string, line: unknown) =>
    `There is no line ${String(line)} in ${field} of ${model} (any more).`,
)

/** A new addon would stand where there is something already. */
export const ADDON_EXISTS = defineError(
  'ADDON_EXISTS',
  'ValueError',
  (folder: string) => `There is ${folder} already: choose another name.`,
)

/** The address of a page holds a domain or a context that is not JSON. */
export const ADDRESS_WRONG = defineError(
  'ADDRESS_WRONG',
  'ValueError',
  (text: string) => `The address holds '${text.slice(0, 100)}', which is not JSON. Open the page from its menu again.`,
)

/** A spreadsheet cannot hold as many rows as there are records. */
export const EXPORT_TOO_LONG = defineError(
  'EXPORT_TOO_LONG',
  'UserError',
  (records: number, most: number) =>
    `There are ${records} records, but a spreadsheet holds ${most} rows. Export as CSV, or fewer records.`,
)

/** Rows of a list are dragged, and nothing says where they stand. */
export const LIST_UNORDERED = defineError(
  'LIST_UNORDERED',
  'UserError',
  (model: string) =>
    `The list of ${model} has no field with widget="handle" that keeps the order of its rows. Load the page again.`,
)

/** A board was asked for columns, but its records are not grouped. */
export const BOARD_UNGROUPED = defineError(
  'BOARD_UNGROUPED',
  'ValueError',
  (model: string) => `The cards of ${model} are not in columns here (any more). Reload the page.`,
)

/** A board has no such column. */
export const COLUMN_GONE = defineError(
  'COLUMN_GONE',
  'NotFound',
  (model: string, key: string) =>
    `The board of ${model} has no column '${key.slice(0, 100)}' (any more). Reload the page.`,
)

/** An upload is not the form that it should be, or larger than one may be. */
export const UPLOAD_WRONG = defineError(
  'UPLOAD_WRONG',
  'ValueError',
  (problem: string) => `The upload is refused: ${problem}. Send the files as ufile in multipart/form-data.`,
)

/** A calendar is shown of records that no field puts on a day. */
export const CALENDAR_UNDATED = defineError(
  'CALENDAR_UNDATED',
  'ValueError',
  (model: string) => `The calendar of ${model} has no date_start that names one of its fields. Correct the view.`,
)

/** A worker did not tell what it measured, so that a sum would be wrong. */
export const METRICS_INCOMPLETE = defineError(
  'METRICS_INCOMPLETE',
  'Unavailable',
  () => 'A worker that starts or is busy did not tell its measurements in time. Scrape again.',
)
