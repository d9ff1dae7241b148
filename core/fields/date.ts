import type { Kind } from './kind.ts'
import { VALUE_WRONG } from './errors.ts'
import { dateOperators } from './operators/date.ts'
import { asIs, textOrFalse } from './text-value.ts'
import { formatDatetime, parseDatetime } from '../tools/dates.ts'

/** A calendar day, held as text `YYYY-MM-DD`. */
export const date: Kind = {
  type: 'date',
  column: 'date',
  empty: null,
  groupable: true,
  accept: (value, field) => {
    if (value === null || value === undefined || value === false || value === '') return null
    const instant = value instanceof Date ? value : typeof value === 'string' ? parseDatetime(value) : undefined
    if (!instant || Number.isNaN(instant.getTime()))
      throw new VALUE_WRONG(field.model, field.name, value, 'a date such as 2026-03-31')
    return formatDatetime(instant).slice(0, 10)
  },
  toColumn: asIs,
  fromColumn: asIs,
  toWire: textOrFalse,
  operators: dateOperators,
}
