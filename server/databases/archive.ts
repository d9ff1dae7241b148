import { createWriteStream } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { type Entry, fromBuffer, type ZipFile } from 'yauzl'
import { ZipFile as NewZip } from 'yazl'
import { DUMP_INVALID } from './errors.ts'

/** Bytes that a dump may unfold to: 16 GiB are more than one call may bring, and less than a bomb wants. */
const MOST_BYTES = 16 * 1024 ** 3

/** A folder with all that is below it as a ZIP archive. */
export async function packed(folder: string): Promise<Buffer> {
  const zip = new NewZip()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath ?? entry.path, entry.name)
    zip.addFile(
      path,
      path
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
  }
  zip.end()
  const parts: Buffer[] = []
  for await (const part of zip.outputStream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** Writes what an archive holds into a folder, and nothing beside it. @throws DUMP_INVALID */
export async function unpack(archive: Buffer, folder: string): Promise<void> {
  const root = resolve(folder)
  let zip: ZipFile
  try {
    zip = await promisify((data: Buffer, done: (error: Error | null, zip: ZipFile) => void): void =>
      fromBuffer(data, { lazyEntries: true, validateEntrySizes: true }, done as never),
    )(archive)
  } catch (error) {
    throw new DUMP_INVALID(error instanceof Error ? error.message : String(error))
  }
  let size = 0
  try {
    for await (const entry of entries(zip)) {
      size += entry.uncompressedSize
      const path = resolve(root, entry.fileName)
      if (size > MOST_BYTES) throw new DUMP_INVALID('it is too large')
      if (!path.startsWith(root + sep)) throw new DUMP_INVALID(`it holds '${entry.fileName}', which leads out of it`)
      if (entry.fileName.endsWith('/')) continue
      await mkdir(dirname(path), { recursive: true })
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path))
    }
  } finally {
    zip.close()
  }
}

async function* entries(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | undefined>((resolve, reject) => {
      zip.once('entry', resolve)
      zip.once('end', () => resolve(undefined))
      zip.once('error', (error: Error) => reject(new DUMP_INVALID(error.message)))
      zip.readEntry()
    })
    zip.removeAllListeners()
    if (!entry) return
    yield entry
  }
}
