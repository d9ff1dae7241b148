import { randomUUID } from 'node:crypto'
import { copyFile, link, mkdir, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import type { DatabaseCopy } from '../copy.ts'

/** A copy of an SQLite file, and of the folder of files beside it, in the folder for temporary files. */
export async function copySqlite(path: string): Promise<DatabaseCopy> {
  const target = join(tmpdir(), `comptoir-copy-${randomUUID()}.sqlite`)
  const source = new BetterSqlite(path, { readonly: true, fileMustExist: true })
  try {
    await source.backup(target)
  } finally {
    source.close()
  }
  await linkFolder(`${path}.files`, `${target}.files`)
  return {
    url: `sqlite:${target}`,
    drop: async () => {
      for (const file of [target, `${target}-wal`, `${target}-shm`, `${target}.files`])
        await rm(file, { recursive: true, force: true })
    },
  }
}

/** The same files under further names where that is possible: they are never changed, only added and deleted. */
async function linkFolder(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath ?? entry.path, entry.name)
    const target = join(to, file.slice(from.length))
    await mkdir(dirname(target), { recursive: true })
    await link(file, target).catch(() => copyFile(file, target))
  }
}
