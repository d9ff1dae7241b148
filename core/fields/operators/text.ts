import { type Scale, comparing, whereSet } from '../../domain/compare.ts'
import { DOMAIN_OPERAND } from '../../domain/errors.ts'
import { likePattern, matchesPattern, patternOperator } from '../../domain/pattern.ts'
import { FALSE, TRUE, not, param, sql } from '../../sql/fragment.ts'
import { fold } from '../../tools/fold.ts'
import type { FieldInfo } from '../info.ts'
import type { Operators } from '../kind.ts'

function textOperand(operand: unknown, operator: string, field: FieldInfo): string {
  if (operand === null || operand === undefined || operand === false) return ''
  if (typeof operand === 'number') return String(operand)
  // U+0000 is in no stored text, and PostgreSQL refuses it as a parameter
  if (typeof operand === 'string' && !operand.includes('\0')) return operand
  throw new DOMAIN_OPERAND(field.model, field.name, operator, operand, 'a text')
}

/** Longer ones no person types, and SQLite refuses patterns of 50,000 bytes. */
const MAX_PATTERN = 10_000

function patternOperand(operand: unknown, operator: string, field: FieldInfo): string {
  const text = textOperand(operand, operator, field)
  if (text.length <= MAX_PATTERN) return text
  throw new DOMAIN_OPERAND(field.model, field.name, operator, operand, `a text of at most ${MAX_PATTERN} characters`)
}

/** Exact comparison; empty text and unset are one. */
const scale: Scale<string> = {
  unset: '',
  unsetSorts: false,
  operand: textOperand,
  value: (value) => (typeof value === 'string' ? value : null),
  param,
  anyOf: (column, operands, _field, { dialect }) => dialect.anyOf(column, operands),
}
const exact = comparing(scale)

/**
 * Text: exact comparison and the `like` family. `%` and `_` are wildcards unless escaped by a backslash; `ilike`
 * folds case and accents. A part that is empty is in every text, the unset one included.
 */
export const textOperators: Operators = {
  sql(column, operator, operand, field, context) {
    const like = patternOperator(operator)
    if (!like) return exact.sql(column, operator, operand, field, context)
    const wanted = patternOperand(operand, operator, field)
    if (wanted === '' && !like.whole) return like.negated ? FALSE : TRUE
    const pattern = likePattern(wanted, like.whole)
    const { dialect } = context
    const found = whereSet(column, field, like.folded ? dialect.ilike(column, pattern) : dialect.like(column, pattern))
    return like.negated ? not(found) : found
  },
  match(value, operator, operand, field, context) {
    const like = patternOperator(operator)
    if (!like) return exact.match(value, operator, operand, field, context)
    const wanted = patternOperand(operand, operator, field)
    if (wanted === '' && !like.whole) return !like.negated
    const pattern = likePattern(wanted, like.whole)
    const held = scale.value(value)
    const found =
      held !== null && (like.folded ? matchesPattern(fold(held), fold(pattern)) : matchesPattern(held, pattern))
    return found !== like.negated
  },
}

/** Operators of a kind that is no text, and the `like` family on how its values are written. */
export function orLike(compared: Operators, written: (value: unknown) => string | null): Operators {
  return {
    sql: (column, operator, operand, field, context) =>
      patternOperator(operator)
        ? textOperators.sql(sql`CAST(${column} AS text)`, operator, operand, field, context)
        : compared.sql(column, operator, operand, field, context),
    match: (value, operator, operand, field, context) =>
      patternOperator(operator)
        ? textOperators.match(written(value), operator, operand, field, context)
        : compared.match(value, operator, operand, field, context),
  }
}
