import { defineError } from '#core/errors.ts'

/** An option that names a source was left out. */
export const GENERATOR_OPTION_MISSING = defineError(
  'GENERATOR_OPTION_MISSING',
  'ValueError',
  (option: string) => `--${option} is required`,
)

/** A file of a source is not there, or is no JSON. */
export const GENERATOR_SOURCE_UNREADABLE = defineError(
  'GENERATOR_SOURCE_UNREADABLE',
  'ValueError',
  (path: string, reason: string) => `${path}: ${reason}`,
)

/** A source lacks what the data needs. */
export const GENERATOR_SOURCE_INCOMPLETE = defineError(
  'GENERATOR_SOURCE_INCOMPLETE',
  'ValueError',
  (what: string) => `the sources lack ${what}`,
)

/** A pattern of a date or time has letters that no rule translates. */
export const GENERATOR_PATTERN_UNKNOWN = defineError(
  'GENERATOR_PATTERN_UNKNOWN',
  'ValueError',
  (pattern: string) => `no strftime format for the pattern ${pattern}`,
)

/** `value`, or the error that names what a source lacks. */
export function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new GENERATOR_SOURCE_INCOMPLETE(what)
  return value
}
