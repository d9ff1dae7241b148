import type { OpenRuntimeOptions } from '../../core/open.ts'
import type { Config } from '../config.ts'

/** What of a configuration says which database is opened with which addons. */
export function databaseOptions({ databaseUrl, addons, addonsPaths, demo }: Config): OpenRuntimeOptions {
  return { url: databaseUrl, addonsPaths, demo, ...(addons && { addons }) }
}
