import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, stat, unlink, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ident, sql, type Env } from '#core'
import { ATTACHMENT_COLLISION, ATTACHMENT_NAME } from './ir_errors.ts'

/** Where a content is kept and what it is. */
export interface StoredContent {
  /** The name in the store: two hexadecimal digits, a slash, the checksum. */
  readonly store_fname: string
  /** SHA-1 of the content, hexadecimal. */
  readonly checksum: string
  /** Bytes. */
  readonly file_size: number
}

const NAME = /^[0-9a-f]{2}\/[0-9a-f]{40}$/

/**
 * Files that are younger are never collected: a transaction that has not committed yet may be about to refer to one.
 * In milliseconds.
 */
export const GRACE = 3_600_000

/**
 * Keeps a content once, however often it is put, in a file named after its checksum beside the database. It is
 * complete and on disk before it has its name, so that no reader meets half of it.
 * @throws ATTACHMENT_COLLISION
 */
export async function putContent(env: Env, bytes: Uint8Array): Promise<StoredContent> {
  const checksum = createHash('sha1').update(bytes).digest('hex')
  const store_fname = `${checksum.slice(0, 2)}/${checksum}`
  const path = join(env.db.files, store_fname)
  const known = await readIfThere(path)
  if (known === undefined) await writeWhole(path, bytes)
  else if (Buffer.compare(known, bytes) !== 0) throw new ATTACHMENT_COLLISION(checksum)
  else await touch(path, bytes)
  return { store_fname, checksum, file_size: bytes.length }
}

/**
 * The content that was kept under a name; undefined when it is lost.
 * @throws ATTACHMENT_NAME for a name that the store did not give
 */
export async function getContent(env: Env, store_fname: string): Promise<Uint8Array | undefined> {
  if (!NAME.test(store_fname)) throw new ATTACHMENT_NAME(store_fname)
  return readIfThere(join(env.db.files, store_fname))
}

/**
 * Deletes the files that no attachment refers to and that are older than `grace` milliseconds, rests of interrupted
 * writes among them. Answers how many there were.
 */
export async function collectGarbage(env: Env, grace: number = GRACE): Promise<number> {
  let deleted = 0
  for (const folder of await readdir(env.db.files).catch(() => [])) {
    if (!/^[0-9a-f]{2}$/.test(folder)) continue
    const files = await readdir(join(env.db.files, folder))
    const rows = await env.connection.rows<{ store_fname: string }>(sql`
      SELECT DISTINCT store_fname FROM ir_attachment WHERE ${env.dialect.like(ident('store_fname'), `${folder}/%`)}`)
    const used = new Set(rows.map((row) => row.store_fname))
    for (const file of files) {
      const path = join(env.db.files, folder, file)
      if (used.has(`${folder}/${file}`) || (await ageOf(path)) < grace) continue
      await unlink(path)
      deleted++
    }
  }
  return deleted
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.${randomUUID()}`
  const file = await open(temporary, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, path)
}

/** Makes a file young again, or writes it anew when it was collected in this very moment. */
async function touch(path: string, bytes: Uint8Array): Promise<void> {
  const now = new Date()
  await utimes(path, now, now).catch(() => writeWhole(path, bytes))
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

const ageOf = async (path: string): Promise<number> => Date.now() - (await stat(path)).mtimeMs
