import { GENERATOR_PATTERN_UNKNOWN } from './errors.ts'

const DIRECTION_MARKS = /[\u061c\u200e\u200f]/g

/**
 * A CLDR date pattern as a strftime format: `d/M/yy` gives `%d/%m/%Y`.
 *
 * The format serves typing as well as showing, so years have four digits and words (`г.`) are left out.
 */
export function dateFormat(pattern: string): string {
  const bare = pattern.replaceAll(DIRECTION_MARKS, '').replaceAll(/\s*'[^']*'\.?/g, '')
  const format = bare.replaceAll(/y+/g, '%Y').replaceAll(/M+/g, '%m').replaceAll(/d+/g, '%d')
  return checked(format, pattern)
}

/** A CLDR time pattern as a strftime format: `h:mm:ss a` gives `%I:%M:%S %p`. Patterns with words fall back to `%H:%M:%S`. */
export function timeFormat(pattern: string): string {
  if (pattern.includes("'")) return '%H:%M:%S'
  const format = pattern
    .replaceAll(DIRECTION_MARKS, '')
    .replaceAll(/\s/g, ' ')
    .replaceAll(/[aB]/g, '%p')
    .replaceAll(/H+/g, '%H')
    .replaceAll(/h+/g, '%I')
    .replaceAll('mm', '%M')
    .replaceAll('ss', '%S')
  return checked(format, pattern)
}

/** `format`, unless letters of the pattern are left that no rule turned into a placeholder. */
function checked(format: string, pattern: string): string {
  if (/\p{L}/u.test(format.replaceAll(/%[YmdHIMSp]/g, ''))) {
    throw new GENERATOR_PATTERN_UNKNOWN(pattern)
  }
  return format
}
