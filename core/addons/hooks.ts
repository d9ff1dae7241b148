import type { Env } from '../orm/env.ts'
import { suggest } from '../expr/suggest.ts'
import { ADDON_INDEX } from './errors.ts'
import type { Tables } from './tables.ts'

/** What an addon does beside its data files: `export const hooks: Hooks = { … }` in its `index.ts`. */
export interface Hooks {
  /** Runs in every process, once the addon's code is loaded; there is no database yet. */
  readonly postLoad?: () => void | Promise<void>
  /** Runs once, before the addon's tables are made: with SQL on the tables as they are. */
  readonly preInit?: (tables: Tables) => Promise<void>
  /** Runs once, after the addon's data files are loaded for the first time. */
  readonly postInit?: (env: Env) => Promise<void>
  /** Runs before anything of the addon is removed: its models and records are there still. */
  readonly uninstall?: (env: Env) => Promise<void>
}

const NAMES: readonly (keyof Hooks)[] = ['postLoad', 'preInit', 'postInit', 'uninstall']

const none: Hooks = {}

/** The hooks that an addon exports, once they are known to be some. @throws ADDON_INDEX */
export function checkHooks(value: unknown, file: string): Hooks {
  if (value === undefined) return none
  if (typeof value !== 'object' || value === null) throw new ADDON_INDEX(file, '`hooks` is not an object of functions.')
  for (const [name, hook] of Object.entries(value)) {
    if (!(NAMES as readonly string[]).includes(name)) {
      const nearest = suggest(name, NAMES)
      const hint = nearest === undefined ? `there are ${NAMES.join(', ')}.` : `did you mean '${nearest}'?`
      throw new ADDON_INDEX(file, `'${name}' is no hook; ${hint}`)
    }
    if (typeof hook !== 'function') throw new ADDON_INDEX(file, `the hook '${name}' is not a function.`)
  }
  return value
}
