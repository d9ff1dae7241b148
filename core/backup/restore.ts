import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { openDatabase } from '../sql/open.ts'
import { FILES } from './backup.ts'
import { BACKUP_OTHER_DATABASE } from './errors.ts'
import { copyFiles } from './files.ts'
import { readManifest } from './manifest.ts'
import { fillPostgres } from './postgres.ts'
import { emptyPostgres } from './postgres-server.ts'
import { restoreSqlite } from './sqlite.ts'

export interface RestoreOptions {
  /** The database to make. */
  readonly url: string
  /** Whether a database that is there is replaced. */
  readonly force: boolean
}

/**
 * Makes a database, with the contents of its attachments, out of a folder that `backup` wrote. No server may serve a
 * database that is replaced.
 * @throws BACKUP_INVALID, BACKUP_OTHER_DATABASE, RESTORE_OCCUPIED
 */
export async function restore(folder: string, { url, force }: RestoreOptions): Promise<void> {
  const { dialect } = await readManifest(folder)
  const wanted = url.startsWith('sqlite:') ? 'sqlite' : 'postgres'
  if (dialect !== wanted) throw new BACKUP_OTHER_DATABASE(dialect, wanted)
  if (dialect === 'sqlite') await restoreSqlite(folder, resolve(url.slice('sqlite:'.length)), force)
  else await emptyPostgres(url, force)
  const db = await openDatabase(url)
  try {
    if (dialect === 'postgres') await fillPostgres(db, folder)
    await rm(db.files, { recursive: true, force: true })
    await copyFiles(join(folder, FILES), db.files)
  } finally {
    await db.close()
  }
}
