import { fork } from 'node:child_process'
import { openRuntime } from '../../core/open.ts'
import type { Config } from '../config.ts'
import { databaseOptions } from './database-options.ts'

/** Creates a database, or brings it up to date, and closes it again. */
export async function install(config: Config): Promise<void> {
  const abandon = (): void => process.exit(1)
  process.once('disconnect', abandon) // whoever waited for the installation is gone
  const runtime = await openRuntime(databaseOptions(config))
  await runtime.close()
  process.off('disconnect', abandon)
}

/**
 * Runs `install` with the same options in a process of its own: installing takes more memory than serving, and only
 * the end of a process gives it back. What that process cannot do, the caller meets again and reports.
 */
export async function installApart(options: readonly string[]): Promise<void> {
  const child = fork(process.argv[1] as string, ['install', ...options], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  await new Promise((resolve) => child.once('exit', resolve).once('error', resolve))
}
