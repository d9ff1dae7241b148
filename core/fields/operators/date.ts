import { type Scale, comparing } from '../../domain/compare.ts'
import { DOMAIN_OPERAND } from '../../domain/errors.ts'
import { param, sql, values } from '../../sql/fragment.ts'
import { formatDate, parseDate } from '../../tools/dates.ts'
import type { Operators } from '../kind.ts'
import { orLike } from './text.ts'

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

/** Calendar days; an unset one is neither before nor after any. */
export const dateOperators: Operators = orLike(comparing(scale), scale.value)
