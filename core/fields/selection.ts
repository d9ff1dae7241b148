import type { Kind } from './kind.ts'
import { SELECTION_UNKNOWN } from './errors.ts'
import { choiceOperators } from './operators/choice.ts'
import { asIs, textOrFalse } from './text-value.ts'

/** One of several values; which ones a dynamic selection has is checked by its model. */
export const selection: Kind = {
  type: 'selection',
  column: 'text',
  empty: null,
  groupable: true,
  accept: (value, field) => {
    if (value === null || value === undefined || value === false || value === '') return null
    const labels = field.selection
    const key = typeof value === 'number' ? String(value) : value
    if (typeof key !== 'string') throw new SELECTION_UNKNOWN(field.model, field.name, value, Object.keys(labels ?? {}))
    if (labels && typeof labels !== 'function' && !Object.hasOwn(labels, key)) {
      throw new SELECTION_UNKNOWN(field.model, field.name, value, Object.keys(labels))
    }
    return key
  },
  toColumn: asIs,
  fromColumn: asIs,
  toWire: textOrFalse,
  operators: choiceOperators,
}
