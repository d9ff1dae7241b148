import { type FSWatcher, watch } from 'node:fs'
import { relative, sep } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { DEFAULT_PATHS, importAnew } from '../core/addons/discover.ts'
import type { Runtime } from '../core/runtime.ts'
import { assets } from './pages/answer.ts'

/** Editors write a file in several steps: what changes within so many milliseconds is one change. */
const PAUSE_MS = 60
/** What a change of means nothing for a server that runs. */
const IGNORED = /(^|[\\/])(test|node_modules|\.git)([\\/]|$)|(~|\.swp|\.tmp)$/

/**
 * Reads the models, views and data of addons again when their files are saved, while the server runs (`--dev`). A mistake
 * is logged, and the server goes on with what it had.
 */
export function reloadOnSave(app: FastifyInstance, runtime: Runtime, addonsPaths: readonly string[]): void {
  const { addons } = runtime
  if (!addons) return
  const changed = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> = Promise.resolve()

  const reload = async (): Promise<void> => {
    const installed = new Set((await addons.layers()).map(({ addon }) => addon))
    const names = [...changed].filter((name) => installed.has(name))
    changed.clear()
    if (names.length === 0) return
    const since = performance.now()
    try {
      importAnew()
      await addons.change({ upgrade: names })
      app.log.info({ addons: names, ms: Math.round(performance.now() - since) }, 'reloaded')
    } catch (error) {
      app.log.error({ err: error, addons: names }, 'not reloaded: the server goes on with what it had')
    }
  }

  const saw = (root: string, file: string): void => {
    const [name] = relative(root, file).split(sep)
    if (!name || IGNORED.test(relative(root, file))) return
    changed.add(name)
    clearTimeout(timer)
    timer = setTimeout(() => (running = running.then(reload)), PAUSE_MS)
  }

  const watchers: FSWatcher[] = [...DEFAULT_PATHS, ...addonsPaths].map((root) =>
    watch(root, { recursive: true }, (_event, file) => file && saw(root, `${root}${sep}${file}`)),
  )
  const stopAssets = assets.watch((error) => app.log.error({ err: error }, 'the client was not bundled anew'))
  app.addHook('onClose', async () => {
    clearTimeout(timer)
    stopAssets()
    for (const watcher of watchers) watcher.close()
    await running
  })
}
