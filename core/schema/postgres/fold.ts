import { createHash } from 'node:crypto'
import { FOLD_FROM, FOLD_PAIRS, FOLD_TO } from '../../tools/fold.ts'
import { literal, quote } from '../ddl.ts'
import type { Index } from '../types.ts'
import { comment } from './write.ts'

export const FOLD_NAME = 'comptoir_fold'

/** The steps of `fold` in `core/tools/fold.ts`: decompose, lower, drop the marks and replace letters, compose. */
function folded(text: string): string {
  const bare = `translate(lower(normalize(${text}, NFD)), ${literal(FOLD_FROM)}, ${literal(FOLD_TO)})`
  const replaced = FOLD_PAIRS.reduce(
    (sql, [letter, pair]) => `replace(${sql}, ${literal(letter)}, ${literal(pair)})`,
    bare,
  )
  return `normalize(${replaced}, NFC)`
}

/** Text of nothing but ASCII, which is most of it, needs no more than lower case. */
const BODY = `CASE WHEN octet_length($1) = char_length($1) THEN lower($1) ELSE ${folded('$1')} END`

/** Tells whether the function in a database is this one. */
export const FOLD_DIGEST: string = createHash('sha256').update(BODY).digest('hex')

/** The statement that creates or replaces the function. */
export function foldFunction(): string {
  return `CREATE OR REPLACE FUNCTION ${FOLD_NAME}(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
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
