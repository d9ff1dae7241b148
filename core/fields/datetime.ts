import type { Kind } from './kind.ts'
import { VALUE_WRONG } from './errors.ts'
import { datetimeOperators } from './operators/datetime.ts'
import { formatDatetime, parseDatetime } from '../tools/dates.ts'

/** An instant to the second, held as a Date and stored as UTC. */
export const datetime: Kind = {
  type: 'datetime',
  column: 'datetime',
  empty: null,
  groupable: true,
  accept: (value, field) => {
    if (value === null || value === undefined || value === false || value === '') return null
    const instant = value instanceof Date ? value : typeof value === 'string' ? parseDatetime(value) : undefined
    if (!instant || Number.isNaN(instant.getTime())) {
      throw new VALUE_WRONG(field.model, field.name, value, 'a date and time such as 2026-03-31 08:30:00')
    }
    return new Date(Math.floor(instant.getTime() / 1000) * 1000)
  },
  toColumn: (value) => (value instanceof Date ? formatDatetime(value) : null),
  fromColumn: (raw) =>
    typeof raw === 'string' ? new Date(`${raw.slice(0, 10)}T${raw.slice(11, 19) || '00:00:00'}Z`) : null,
  toWire: (value) => (value instanceof Date ? formatDatetime(value) : false),
  operators: datetimeOperators,
}
