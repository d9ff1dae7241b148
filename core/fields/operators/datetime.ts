import { type Scale, comparing } from '../../domain/compare.ts'
import { DOMAIN_OPERAND } from '../../domain/errors.ts'
import { param, sql, values } from '../../sql/fragment.ts'
import { formatDatetime, isDate, parseDatetime } from '../../tools/dates.ts'
import type { Operators } from '../kind.ts'
import { orLike } from './text.ts'

const scale: Scale<string> = {
  unset: null,
  unsetSorts: false,
  operand(operand, operator, field) {
    if (operand === null || operand === undefined || operand === false || operand === '') return null
    if (operand instanceof Date && !Number.isNaN(operand.getTime())) return formatDatetime(operand)
    const instant = typeof operand === 'string' ? parseDatetime(operand) : undefined
    if (instant === undefined) {
      throw new DOMAIN_OPERAND(field.model, field.name, operator, operand, 'a time such as 2026-03-31 08:30:00')
    }
    // "after that day" and "until that day" mean all of it
    if (isDate(operand as string) && (operator === '>' || operator === '<=')) return `${operand as string} 23:59:59`
    return formatDatetime(instant)
  },
  value: (value) =>
    value instanceof Date
      ? formatDatetime(value)
      : typeof value === 'string'
        ? value.slice(0, 19).replace('T', ' ')
        : null,
  param,
  anyOf: (column, times) => (times.length === 1 ? sql`${column} = ${times[0]}` : sql`${column} IN ${values(times)}`),
}

/** Instants in UTC; a day without a time stands for its midnight, after `>` and `<=` for its last second. */
export const datetimeOperators: Operators = orLike(comparing(scale), scale.value)
