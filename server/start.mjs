// Starts server/cli/main.ts on any supported version of Node. Where Node runs TypeScript itself there is nothing to do;
// elsewhere the types of sources that changed are stripped first, and hooks load the results.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { register } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isFresh, root } from './typescript/cache.mjs'
import './typescript/outside.mjs'

const FOLDERS = ['core', 'addons', 'server', 'views', 'data']

function staleSources() {
  const files = []
  for (const folder of FOLDERS.map((name) => join(root, name)).filter(existsSync)) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/(?<!\.d|\.test)\.ts$/.test(entry.name)) continue
      const file = join(entry.parentPath ?? entry.path, entry.name)
      if (!isFresh(file)) files.push(file)
    }
  }
  return files
}

if (!process.features.typescript) {
  const stale = staleSources()
  if (stale.length > 0) {
    const script = fileURLToPath(new URL('typescript/strip.mjs', import.meta.url))
    // Whatever it could not do, a folder that cannot be written or a wrong syntax, the hooks meet again and report.
    spawnSync(process.execPath, [script], { input: stale.join('\n'), stdio: ['pipe', 'ignore', 'ignore'] })
  }
  register('./typescript/hooks.mjs', import.meta.url)
}
await import('./cli/main.ts')
