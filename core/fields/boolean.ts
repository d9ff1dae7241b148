import type { Kind } from './kind.ts'
import { VALUE_WRONG } from './errors.ts'
import { booleanOperators } from './operators/boolean.ts'

export const boolean: Kind = {
  type: 'boolean',
  column: 'boolean',
  empty: false,
  aggregator: 'bool_or',
  groupable: true,
  accept: (value, field) => {
    if (typeof value === 'boolean') return value
    if (value === null || value === undefined) return false
    if (typeof value === 'number') return value !== 0
    if (value === '' || value === 'true' || value === 'True' || value === 'false' || value === 'False') {
      return value.toLowerCase() === 'true'
    }
    throw new VALUE_WRONG(field.model, field.name, value, 'true or false')
  },
  toColumn: (value) => value === true,
  fromColumn: (raw) => raw === true || raw === 1,
  toWire: (value) => value === true,
  operators: booleanOperators,
}
