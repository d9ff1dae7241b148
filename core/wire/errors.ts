import { defineError } from '../errors.ts'

export const METHOD_PRIVATE = defineError(
  'METHOD_PRIVATE',
  'AccessError',
  (model: string, method: string) => `Private methods (such as '${model}.${method}') cannot be called remotely.`,
)

export const METHOD_UNKNOWN = defineError(
  'METHOD_UNKNOWN',
  'AttributeError',
  (model: string, method: string) => `The method '${model}.${method}' does not exist.`,
)

export const ARGUMENT_UNKNOWN = defineError(
  'ARGUMENT_UNKNOWN',
  'TypeError',
  (method: string, argument: string, known: readonly string[]) =>
    `${method}() got an unexpected argument '${argument}'. It takes: ${known.join(', ') || 'none'}.`,
)

export const ARGUMENT_MISSING = defineError(
  'ARGUMENT_MISSING',
  'TypeError',
  (method: string, argument: string) => `${method}() is missing the argument '${argument}'.`,
)

export const ARGUMENT_TWICE = defineError(
  'ARGUMENT_TWICE',
  'TypeError',
  (method: string, argument: string) => `${method}() got two values for the argument '${argument}'.`,
)

export const ARGUMENTS_TOO_MANY = defineError(
  'ARGUMENTS_TOO_MANY',
  'TypeError',
  (method: string, given: number, most: number) => `${method}() takes at most ${most} arguments, ${given} were given.`,
)

export const ARGUMENT_WRONG = defineError(
  'ARGUMENT_WRONG',
  'TypeError',
  (method: string, argument: string, problem: string) => `${method}(): the argument '${argument}' ${problem}.`,
)

export const CONTEXT_WRONG = defineError(
  'CONTEXT_WRONG',
  'TypeError',
  (key: string, expected: string) => `The context's '${key}' must be ${expected}.`,
)

export const VERSION_WRONG = defineError(
  'VERSION_WRONG',
  'ValueError',
  (problem: string) => `The version is wrong: ${problem}.`,
)

/** What the message tells of a conflict. */
interface Told {
  readonly label: string
  readonly known?: unknown
  readonly present: unknown
  readonly written: unknown
  readonly changed_by: unknown
  readonly changed_at: unknown
}

const sayValue = (value: unknown): string => (value === null ? 'empty' : JSON.stringify(value))

export const VERSION_CONFLICT = defineError(
  'VERSION_CONFLICT',
  'Conflict',
  (description: string, conflicts: readonly Told[]) =>
    `Somebody else changed this ${description} in the meantime:\n${conflicts
      .map(({ label, known, present, written, changed_by, changed_at }) => {
        const who = Array.isArray(changed_by) ? ` by ${String(changed_by[1])} at ${String(changed_at)} UTC` : ''
        return `- ${label}: ${known === undefined ? '' : `was ${sayValue(known)}, `}is now ${sayValue(present)}${who}; you wrote ${sayValue(written)}`
      })
      .join('\n')}`,
)
