import { type Scale, comparing } from '../../domain/compare.ts'
import { DOMAIN_OPERAND } from '../../domain/errors.ts'
import { patternOperator } from '../../domain/pattern.ts'
import { param, sql, values } from '../../sql/fragment.ts'
import { formatDate, parseDate } from '../../tools/dates.ts'
import type { Operators } from '../kind.ts'
import { textOperators } from './text.ts'

const scale: Scale<string> = {
  unset: null,
  unsetSorts: false,
  operand(operand, operator, field) {
    if (operand === null || operand === undefined || operand === false || operand === '') return null
    if (operand instanceof Date && !Number.isNaN(operand.getTime())) return formatDate(operand)
    const day = typeof operand === 'string' ? parseDate(operand) : undefined
    if (day === undefined)
      throw new DOMAIN_OPERAND(field.model, field.name, operator, operand, 'a day such as 2026-03-31')
    return day
  },
  value: (value) => (value instanceof Date ? formatDate(value) : typeof value === 'string' ? value.slice(0, 10) : null),
  param,
  anyOf: (column, days) => (days.length === 1 ? sql`${column} = ${days[0]}` : sql`${column} IN ${values(days)}`),
}

/** The operators of a scale of dates, and the `like` family on how they are written. */
export function dateLike(scale: Scale<string>): Operators {
  const compared = comparing(scale)
  return {
    sql: (column, operator, operand, field, context) =>
      patternOperator(operator)
        ? textOperators.sql(sql`CAST(${column} AS text)`, operator, operand, field, context)
        : compared.sql(column, operator, operand, field, context),
    match: (value, operator, operand, field, context) =>
      patternOperator(operator)
        ? textOperators.match(scale.value(value), operator, operand, field, context)
        : compared.match(value, operator, operand, field, context),
  }
}

/** Calendar days; an unset one is neither before nor after any. */
export const dateOperators: Operators = dateLike(scale)
