import type { Context } from '../orm/models.ts'
import { CONTEXT_WRONG } from './errors.ts'

const isIds = (value: unknown): boolean => Array.isArray(value) && value.every((id) => Number.isSafeInteger(id))
const isText = (value: unknown): boolean => typeof value === 'string'

/** Keys that the core reads, and what they must be. */
const KEYS: Readonly<Record<string, readonly [check: (value: unknown) => boolean, expected: string]>> = {
  lang: [isText, 'the code of a language'],
  // a zone that no table knows counts as UTC, but what is no name at all is refused
  tz: [(value) => isText(value) && /^[\w+\-/]*$/.test(value as string), 'the name of a time zone'],
  active_test: [(value) => typeof value === 'boolean' || value === 0 || value === 1, 'true or false'],
  allowed_company_ids: [isIds, 'a list of ids'],
  uid: [(value) => Number.isSafeInteger(value), 'an id'],
}

/**
 * A client's context, in which `false` means not given; an empty text is no context either. Unknown keys are kept: addons read their own.
 * @throws CONTEXT_WRONG
 */
export function checkContext(context: unknown): Context {
  if (context === undefined || context === null || context === false || context === '') return {}
  if (typeof context !== 'object' || Array.isArray(context)) throw new CONTEXT_WRONG('context', 'an object')
  const checked: Record<string, unknown> = { ...context }
  for (const [key, [check, expected]] of Object.entries(KEYS)) {
    const value = checked[key]
    if (value === undefined) continue
    if (value === null || (value === false && key !== 'active_test')) delete checked[key]
    else if (!check(value)) throw new CONTEXT_WRONG(key, expected)
  }
  if (typeof checked['active_test'] === 'number') checked['active_test'] = checked['active_test'] === 1
  return checked as Context
}
