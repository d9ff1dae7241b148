import type { FieldInfo } from './info.ts'
import type { Kind } from './kind.ts'
import { VALUE_WRONG } from './errors.ts'
import { jsonOperators } from './operators/json.ts'

/** Reads JSON that a column holds as text. */
export function parseColumn(raw: unknown): unknown {
  return typeof raw === 'string' ? JSON.parse(raw) : (raw ?? null)
}

/** NUL and halves of surrogate pairs, as JSON writes them: no database keeps them. */
const UNKEPT = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/

/** JSON as the column holds it. @throws VALUE_WRONG for what is not JSON, or not text that databases keep */
export function writeJson(value: unknown, field: FieldInfo): string {
  const text = JSON.stringify(value) as string | undefined
  if (text === undefined || UNKEPT.test(text))
    throw new VALUE_WRONG(field.model, field.name, value, 'JSON without NUL characters')
  return text
}

export const json: Kind = {
  type: 'json',
  column: 'json',
  empty: null,
  groupable: false,
  accept: (value, field) => {
    if (value === undefined || value === false) return null
    if (typeof value === 'bigint') throw new VALUE_WRONG(field.model, field.name, String(value), 'JSON')
    if (value !== null) writeJson(value, field)
    return value
  },
  toColumn: (value) => (value === null || value === undefined ? null : JSON.stringify(value)),
  fromColumn: parseColumn,
  toWire: (value) => value ?? false,
  operators: jsonOperators,
}
