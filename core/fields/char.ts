import type { Kind } from './kind.ts'
import { textOperators } from './operators/text.ts'
import { acceptText, asIs, textOrFalse } from './text-value.ts'

/** One line of text. */
export const char: Kind = {
  type: 'char',
  column: 'text',
  empty: null,
  text: true,
  groupable: true,
  accept: (value, field) => {
    const text = acceptText(value, field, 'char')
    return text !== null && field.options.trim !== false ? text.trim() : text
  },
  toColumn: asIs,
  fromColumn: asIs,
  toWire: textOrFalse,
  operators: textOperators,
}
