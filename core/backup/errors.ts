import { defineError } from '../errors.ts'

/** Something is already where the backup should be written. */
export const BACKUP_EXISTS = defineError(
  'BACKUP_EXISTS',
  'ValueError',
  (folder: string) => `There is ${folder} already: name a folder that does not exist.`,
)

/** The folder is no backup that this program wrote to its end. */
export const BACKUP_INVALID = defineError(
  'BACKUP_INVALID',
  'ValueError',
  (folder: string, reason: string) => `${folder} is not a backup: ${reason}.`,
)

/** A backup of one kind of database cannot become one of another kind. */
export const BACKUP_OTHER_DATABASE = defineError(
  'BACKUP_OTHER_DATABASE',
  'ValueError',
  (from: string, to: string) => `This is a backup of a database on ${from}; it cannot be restored on ${to}.`,
)

/** Restoring would throw away a database that is there. */
export const RESTORE_OCCUPIED = defineError(
  'RESTORE_OCCUPIED',
  'ValueError',
  (name: string) =>
    `The database ${name} is there already. Name another one, or say --force to replace it with all that it holds.`,
)
