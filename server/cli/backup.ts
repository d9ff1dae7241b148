import { backup } from '../../core/backup/backup.ts'
import { restore } from '../../core/backup/restore.ts'
import { openDatabase } from '../../core/sql/open.ts'
import type { Config } from '../config.ts'
import { CONFIG_INVALID } from '../errors.ts'

/** @throws CONFIG_INVALID */
function folderOf(command: string, words: readonly string[]): string {
  const [folder, ...rest] = words
  if (folder === undefined || rest.length > 0) throw new CONFIG_INVALID(`${command} needs one folder`)
  return folder
}

/** Saves the database in a folder; servers may go on. */
export async function saveBackup({ databaseUrl }: Config, words: readonly string[]): Promise<string> {
  const folder = folderOf('backup', words)
  const db = await openDatabase(databaseUrl, { pool: 1 })
  try {
    await backup(db, folder)
  } finally {
    await db.close()
  }
  return `${db.name} is saved in ${folder}\n`
}

/** Makes the database of the configuration out of a folder. */
export async function restoreBackup(
  { databaseUrl }: Config,
  words: readonly string[],
  force: boolean,
): Promise<string> {
  const folder = folderOf('restore', words)
  await restore(folder, { url: databaseUrl, force })
  return `${folder} is restored\n`
}
