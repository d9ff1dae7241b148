import { existsSync } from 'node:fs'
import { copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type BetterSqlite from 'better-sqlite3'
import type { Database } from '../sql/database.ts'
import { RESTORE_OCCUPIED } from './errors.ts'

const NAME = 'database.sqlite'
const ALL_PAGES = 0x7fffffff

/** Copies the database by SQLite's own online backup, all pages in one step: a copy in parts begins anew whenever somebody writes. */
export async function saveSqlite(db: Database, folder: string): Promise<void> {
  const connection = (await db.knex.client.acquireConnection()) as BetterSqlite.Database
  try {
    await connection.backup(join(folder, NAME), { progress: () => ALL_PAGES })
  } finally {
    await db.knex.client.releaseConnection(connection)
  }
}

/** Puts the saved database at a path. @throws RESTORE_OCCUPIED */
export async function restoreSqlite(folder: string, path: string, force: boolean): Promise<void> {
  if (existsSync(path) && !force) throw new RESTORE_OCCUPIED(path)
  await mkdir(dirname(path), { recursive: true })
  await copyFile(join(folder, NAME), `${path}.part`)
  for (const old of [`${path}-wal`, `${path}-shm`, `${path}.files`]) await rm(old, { recursive: true, force: true })
  await rename(`${path}.part`, path)
}
