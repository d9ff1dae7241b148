import { defineError } from '../errors.ts'

export const DATABASE_URL = defineError('DATABASE_URL', 'ValueError', (url: string) =>
  `The database URL '${url}' is not understood: write sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/NAME.`)

export const DATABASE_BUSY = defineError('DATABASE_BUSY', 'Unavailable', (attempts: number) =>
  `The database was changed by others at the same time; gave up after ${attempts} attempts. Try again.`)
