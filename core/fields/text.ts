import type { Kind } from './kind.ts'
import { textOperators } from './operators/text.ts'
import { acceptText, asIs, textOrFalse } from './text-value.ts'

/** Text of several lines. */
export const text: Kind = {
  type: 'text',
  column: 'text',
  empty: null,
  text: true,
  groupable: true,
  accept: (value, field) => acceptText(value, field, 'text'),
  toColumn: asIs,
  fromColumn: asIs,
  toWire: textOrFalse,
  operators: textOperators,
}
