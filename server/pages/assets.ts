import { createHash } from 'node:crypto'
import { watch } from 'node:fs'
import { mkdir, readFile, readdir, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const VIEWS = join(ROOT, 'views')
const CACHE = join(ROOT, 'node_modules/.cache/comptoir/assets')

/** One file for the browser, with its compressed forms. Its name holds a hash of its content. */
export interface Asset {
  readonly name: string
  readonly type: string
  readonly plain: Buffer
  readonly brotli: Buffer
  readonly gzip: Buffer
}

/** What pages refer to. */
export interface AssetNames {
  readonly script: string
  readonly style: string
  readonly loginStyle: string
  readonly icon: string
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

/** The bundles of the browser's code, built when a source is newer than the last build, which other starts share. */
export class Assets {
  readonly #files = new Map<string, Asset>()
  #building: Promise<AssetNames> | undefined

  /** Addresses of the entry files; builds them the first time. */
  names(): Promise<AssetNames> {
    this.#building ??= this.#load()
    return this.#building
  }

  /** A file by the name that is in its address. */
  async file(name: string): Promise<Asset | undefined> {
    await this.names()
    return this.#files.get(name)
  }

  /** Bundles anew when a source changes; pages refer to the new files from then on. What it gives ends that. */
  watch(failed: (error: unknown) => void): () => void {
    const watcher = watch(VIEWS, { recursive: true }, (_event, file) => {
      if (!file || !/\.(ts|css|svg)$/.test(file)) return
      const fresh = this.#load()
      fresh.then(() => (this.#building = fresh), failed)
    })
    return () => watcher.close()
  }

  async #load(): Promise<AssetNames> {
    const folder = join(CACHE, await fingerprint())
    let files = await readdir(folder).catch(() => [])
    if (files.length === 0) {
      await build(folder)
      files = await readdir(folder)
    }
    for (const name of files) {
      const plain = await readFile(join(folder, name))
      this.#files.set(name, {
        name,
        type: TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
        plain,
        ...(await compressed(plain)),
      })
    }
    const named = (start: string): string =>
      `/assets/${files.find((name) => name.startsWith(`${start}-`) && !name.endsWith('.map')) ?? ''}`
    return { script: named('client'), style: named('style'), loginStyle: named('login'), icon: named('icon') }
  }
}

/** Changes when a source of the bundles does. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256')
  for (const folder of [VIEWS, join(ROOT, 'core/expr'), join(ROOT, 'core/tools')]) {
    for (const entry of (await readdir(folder, { recursive: true })).toSorted()) {
      if (!/\.(ts|css|svg)$/.test(entry)) continue
      const { mtimeMs, size } = await stat(join(folder, entry))
      hash.update(`${entry}\0${mtimeMs}\0${size}\n`)
    }
  }
  hash.update(await readFile(join(ROOT, 'package-lock.json')))
  return hash.digest('hex').slice(0, 16)
}

/** Bundles into a folder that appears whole or not at all. */
async function build(folder: string): Promise<void> {
  const esbuild = await import('esbuild')
  const draft = `${folder}.${process.pid}`
  await mkdir(draft, { recursive: true })
  await esbuild.build({
    entryPoints: [
      { in: join(VIEWS, 'client/start.ts'), out: 'client' },
      { in: join(VIEWS, 'styles/style.css'), out: 'style' },
      { in: join(VIEWS, 'styles/login.css'), out: 'login' },
    ],
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file', '.svg': 'file' },
    outdir: draft,
    absWorkingDir: ROOT,
    logLevel: 'silent',
  })
  const icon = await readFile(join(VIEWS, 'styles/icon.svg'))
  await writeFile(join(draft, `icon-${createHash('sha256').update(icon).digest('hex').slice(0, 8)}.svg`), icon)
  // Another process may have been faster: what it built is the same.
  await rename(draft, folder).catch(() => undefined)
  await esbuild.stop()
}

async function compressed(plain: Buffer): Promise<{ brotli: Buffer; gzip: Buffer }> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 }
  const [br, gz] = await Promise.all([promisify(brotliCompress)(plain, { params }), promisify(gzip)(plain)])
  return { brotli: br, gzip: gz }
}
