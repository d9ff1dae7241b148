import { mkdirSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

const folder = join(root, 'node_modules/.cache/comptoir/stripped')

/** Where the JavaScript of a source file is kept; `undefined` for files outside of the project. */
export function cachePath(file) {
  const path = relative(root, file)
  return path.startsWith('..') ? undefined : join(folder, `${path.slice(0, -'.ts'.length)}.mjs`)
}

/** Whether the JavaScript was made from the file as it is now: both then have the same time of change, whatever it is. */
export function isFresh(file) {
  const cached = cachePath(file)
  const stat = cached && statSync(cached, { throwIfNoEntry: false })
  return stat !== undefined && Math.abs(stat.mtimeMs - statSync(file).mtimeMs) < 2
}

/** Keeps the JavaScript of a source file; another process never sees half of it. */
export function keep(file, code) {
  const cached = cachePath(file)
  const { mtime } = statSync(file)
  mkdirSync(dirname(cached), { recursive: true })
  const draft = `${cached}.${process.pid}`
  writeFileSync(draft, code)
  utimesSync(draft, mtime, mtime)
  renameSync(draft, cached)
}
