/** What can go wrong while the reference data is written. */
export type GeneratorErrorCode =
  | 'DATA_OPTION_MISSING'
  | 'DATA_PATTERN_UNKNOWN'
  | 'DATA_SOURCE_INCOMPLETE'
  | 'DATA_SOURCE_UNREADABLE'

/** Stops the generator; `code` says why, the message names the source or the record. */
export class GeneratorError extends Error {
  readonly code: GeneratorErrorCode

  constructor(code: GeneratorErrorCode, message: string) {
    super(message)
    this.name = 'GeneratorError'
    this.code = code
  }
}

/** `value`, or the error that names what a source lacks. */
export function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new GeneratorError('DATA_SOURCE_INCOMPLETE', `the sources lack ${what}`)
  return value
}
