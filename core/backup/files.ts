import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * Copies the files below a folder that are not below the other yet. The contents of attachments never change under one
 * name, and one that is deleted meanwhile is left out. A folder that is missing has none.
 */
export async function copyFiles(from: string, to: string): Promise<void> {
  for (const entry of await entries(from)) {
    const path = join(to, entry)
    await mkdir(dirname(path), { recursive: true })
    await copyFile(join(from, entry), path).catch(unlessMissing)
  }
}

/** The paths of the files, relative to the folder. */
async function entries(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(unlessMissing)
  return (found ?? [])
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
