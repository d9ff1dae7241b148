import { defineError } from '../errors.ts'

export const DATABASE_URL = defineError(
  'DATABASE_URL',
  'ValueError',
  (url: string) =>
    `The database URL '${url}' is not understood: write sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/NAME.`,
)

export const DATABASE_IN_USE = defineError(
  'DATABASE_IN_USE',
  'UserError',
  (name: string) =>
    `Others are connected to the database ${name}, so that the server cannot copy it: stop what serves it, or try the change on a restored backup.`,
)

export const DATABASE_BUSY = defineError(
  'DATABASE_BUSY',
  'Unavailable',
  (attempts: number) =>
    `The database was changed by others at the same time; gave up after ${attempts} attempts. Try again.`,
)
