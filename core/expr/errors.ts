import { defineError, type ComptoirError } from '../errors.ts'
import { placeAt, type Place } from './source.ts'

/** The text is not an expression of the supported subset. */
export const EXPR_SYNTAX = defineError(
  'EXPR_SYNTAX',
  'ValueError',
  (reason: string, place: Place) => `${reason} at line ${place.line}, column ${place.column}: ${place.excerpt}`,
)

/** A name, an attribute or a key that nothing defines; `suggestion` is one that does exist and looks alike. */
export const EXPR_NAME = defineError(
  'EXPR_NAME',
  'ValueError',
  (name: string, suggestion: string | undefined) =>
    `'${name}' is not defined${suggestion === undefined ? '' : `, did you mean '${suggestion}'?`}`,
)

/** An operation on values that it does not apply to. */
export const EXPR_TYPE = defineError('EXPR_TYPE', 'ValueError', (reason: string) => reason)

/** The expression is too deep, runs too long or makes too large a value. */
export const EXPR_LIMIT = defineError('EXPR_LIMIT', 'ValueError', (reason: string) => reason)

/** EXPR_SYNTAX for an offset of a source, with the place in `details` too. */
export function syntaxError(reason: string, source: string, offset: number): ComptoirError {
  const place = placeAt(source, offset)
  return new EXPR_SYNTAX(reason, place).with({ line: place.line, column: place.column, source })
}
