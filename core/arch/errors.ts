import { defineError } from '../errors.ts'

/** The root of a view is no kind of view. */
export const VIEW_ROOT = defineError(
  'VIEW_ROOT',
  'ValueError',
  (tag: string, known: readonly string[]) =>
    `<${tag}> is not the root of any kind of view: there are ${known.join(', ')}.`,
)

/** A view that does not fit its model, or an extension that does not fit its view. The message lists every mistake. */
export const VIEW_WRONG = defineError('VIEW_WRONG', 'ValidationError', (mistakes: readonly string[]) =>
  mistakes.length === 1
    ? `The view is wrong: ${mistakes[0]}`
    : `The views have ${mistakes.length} mistakes:\n- ${mistakes.join('\n- ')}`,
)

/** A view is asked for that is not there. */
export const VIEW_UNKNOWN = defineError('VIEW_UNKNOWN', 'ValueError', (view: string) => `There is no view ${view}.`)

/** A view is asked for under another model or kind than its own. */
export const VIEW_TYPE = defineError(
  'VIEW_TYPE',
  'ValueError',
  (type: string, known: readonly string[]) => `'${type}' is not a kind of view: there are ${known.join(', ')}.`,
)
