import { defineError } from '../../core/errors.ts'

/** The server was started without a master password. */
export const MASTER_OFF = defineError(
  'MASTER_OFF',
  'AccessDenied',
  () =>
    'Databases are not managed over the network here. Start the server with --master-password-file FILE to allow it.',
)

/** The master password of a call is not that of the server. */
export const MASTER_WRONG = defineError('MASTER_WRONG', 'AccessDenied', () => 'Access Denied')

/** The master password is in a file that the server only reads. */
export const MASTER_FIXED = defineError(
  'MASTER_FIXED',
  'UserError',
  () =>
    'The master password is what the file of --master-password-file holds: change it there and start the server again.',
)

/** A name cannot be that of a database. */
export const DATABASE_NAME = defineError(
  'DATABASE_NAME',
  'UserError',
  (name: string) =>
    `'${name.slice(0, 80)}' cannot be the name of a database: take letters, digits, - and _, at most 60, a letter or digit first.`,
)

/** A new database would have the name of one that is there. */
export const DATABASE_THERE = defineError(
  'DATABASE_THERE',
  'UserError',
  (name: string) => `There is a database '${name}' already. Choose another name, or drop that one first.`,
)

/** A call names a database that is not there. */
export const DATABASE_MISSING = defineError(
  'DATABASE_MISSING',
  'UserError',
  (name: string) => `There is no database '${name.slice(0, 80)}' beside the one that is served.`,
)

/** What a call would do cannot be done to the database that is served. */
export const DATABASE_SERVED = defineError(
  'DATABASE_SERVED',
  'UserError',
  (name: string, deed: string) =>
    `'${name}' is served by this server and cannot be ${deed} meanwhile. Stop the server, or use its command line.`,
)

/** What should be restored is no dump. */
export const DUMP_INVALID = defineError(
  'DUMP_INVALID',
  'UserError',
  (problem: string) => `This is no dump of a database: ${problem}. Send what dump gave, as base64.`,
)
