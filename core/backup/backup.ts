import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Database } from '../sql/database.ts'
import { BACKUP_EXISTS } from './errors.ts'
import { copyFiles } from './files.ts'
import { writeManifest } from './manifest.ts'
import { savePostgres } from './postgres.ts'
import { saveSqlite } from './sqlite.ts'

/** Where in a backup the contents of attachments are. */
export const FILES = 'files'

const SAVE = { sqlite: saveSqlite, postgres: savePostgres }

/**
 * Writes all of a database, as it is at one moment, and the contents of its attachments into a new folder. Servers may
 * go on writing meanwhile. The folder has its name only once it is complete.
 * @throws BACKUP_EXISTS
 */
export async function backup(db: Database, folder: string): Promise<void> {
  const target = resolve(folder)
  if (existsSync(target)) throw new BACKUP_EXISTS(target)
  const part = `${target}.part`
  await rm(part, { recursive: true, force: true })
  await mkdir(dirname(part), { recursive: true })
  await mkdir(part)
  // twice: what is deleted while the database is saved is needed, and so is what comes in until then
  await copyFiles(db.files, join(part, FILES))
  await SAVE[db.dialect.name](db, part)
  await copyFiles(db.files, join(part, FILES))
  await writeManifest(part, { dialect: db.dialect.name, database: db.name })
  await rename(part, target)
}
