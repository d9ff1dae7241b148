import type { Kind } from './kind.ts'
import { VALUE_WRONG } from './errors.ts'
import { jsonOperators } from './operators/json.ts'

/** Reads JSON that a column holds as text. */
export function parseColumn(raw: unknown): unknown {
  return typeof raw === 'string' ? JSON.parse(raw) : (raw ?? null)
}

export const json: Kind = {
  type: 'json',
  column: 'json',
  empty: null,
  groupable: false,
  accept: (value, field) => {
    if (value === undefined || value === false) return null
    if (typeof value === 'function' || typeof value === 'bigint' || typeof value === 'symbol') {
      throw new VALUE_WRONG(field.model, field.name, String(value), 'JSON')
    }
    return value
  },
  toColumn: (value) => (value === null || value === undefined ? null : JSON.stringify(value)),
  fromColumn: parseColumn,
  toWire: (value) => value ?? false,
  operators: jsonOperators,
}
