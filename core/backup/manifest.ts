import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BACKUP_INVALID } from './errors.ts'

const FORMAT = 1
const NAME = 'backup.json'

/** What a backup says of itself. */
export interface Manifest {
  readonly format: typeof FORMAT
  readonly dialect: 'sqlite' | 'postgres'
  readonly database: string
  /** When it was made, ISO 8601. */
  readonly made: string
}

export async function writeManifest(folder: string, about: Omit<Manifest, 'format' | 'made'>): Promise<void> {
  const manifest: Manifest = { format: FORMAT, made: new Date().toISOString(), ...about }
  await writeFile(join(folder, NAME), `${JSON.stringify(manifest, null, 2)}\n`)
}

/** @throws BACKUP_INVALID */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, NAME), 'utf8').catch(() => {
    throw new BACKUP_INVALID(folder, `it holds no ${NAME}`)
  })
  const manifest = JSON.parse(text) as Manifest
  const format: unknown = manifest.format
  if (format !== FORMAT)
    throw new BACKUP_INVALID(folder, `its format is ${String(format)}, and only ${String(FORMAT)} is understood`)
  return manifest
}
