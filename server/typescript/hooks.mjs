// Module hooks for versions of Node that cannot run TypeScript themselves: types become white space, so that lines and
// columns of stack traces are those of the sources, and no source maps fill the memory.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { cachePath, isFresh } from './cache.mjs'

export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !/\.ts(\?|$)/.test(url)) return nextLoad(url, context)
  const file = fileURLToPath(url)
  return {
    format: 'module',
    shortCircuit: true,
    source: isFresh(file) ? await readFile(cachePath(file)) : await strip(file),
  }
}

/** What is not in the cache: an addon from another folder, or a file that changed since the start. */
async function strip(file) {
  const { default: amaro } = await import('amaro')
  return amaro.transformSync(await readFile(file, 'utf8'), { mode: 'strip-only' }).code
}
