import { createHash } from 'node:crypto'
import { FOLD_FROM, FOLD_PAIRS, FOLD_TO } from '../../tools/fold.ts'
import { literal, quote } from '../ddl.ts'
import type { Index } from '../types.ts'
import { comment } from './write.ts'

export const FOLD_NAME = 'comptoir_fold'

/** Letters that stay whole when decomposed, and what they become; `translate` takes time for each that it knows. */
function wholeLetters(): { from: string; to: string } {
  const to = Array.from(FOLD_TO)
  const letters = Array.from(FOLD_FROM.slice(0, FOLD_TO.length), (letter, place) => [letter, to[place] ?? ''] as const)
  const whole = letters.filter(([letter]) => letter.normalize('NFD') === letter)
  return { from: whole.map(([letter]) => letter).join(''), to: whole.map(([, becomes]) => becomes).join('') }
}

/*
 * The steps of `fold` in `core/tools/fold.ts`: decompose, lower, drop the marks, replace letters, compose. Text is
 * often ASCII from the start, or once its marks are gone, and then needs no more. Not STRICT, so that calls are
 * expanded in place.
 */
const MARKS = '[\\u0300-\\u036f]+'
const BARE = `regexp_replace(lower(normalize($1, NFD)), ${literal(MARKS)}, '', 'g')`
const WHOLE = wholeLetters()
const REPLACED = FOLD_PAIRS.reduce(
  (sql, [letter, pair]) => `replace(${sql}, ${literal(letter)}, ${literal(pair)})`,
  `translate(${BARE}, ${literal(WHOLE.from)}, ${literal(WHOLE.to)})`,
)
const isAscii = (sql: string): string => `octet_length(${sql}) = char_length(${sql})`
const BODY = `CASE WHEN ${isAscii('$1')} THEN lower($1)
  WHEN ${isAscii(BARE)} THEN ${BARE}
  ELSE normalize(${REPLACED}, NFC) END`

/** Tells whether the function in a database is this one. */
export const FOLD_DIGEST: string = createHash('sha256').update(BODY).digest('hex')

/** The statement that creates or replaces the function. */
export function foldFunction(): string {
  return `CREATE OR REPLACE FUNCTION ${FOLD_NAME}(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $fold$ SELECT ${BODY} $fold$`
}

/** Creates or replaces the function, and makes those of the indexes anew that hold its results. */
export function createFold(indexes: Iterable<Index>): string[] {
  const outdated = [...indexes].filter(({ definition }) => definition.includes(FOLD_NAME))
  return [
    foldFunction(),
    comment(`FUNCTION ${FOLD_NAME}(text)`, FOLD_DIGEST),
    ...outdated.map(({ name }) => `REINDEX INDEX ${quote(name)}`),
  ]
}
