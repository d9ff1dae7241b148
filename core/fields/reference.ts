import type { Kind } from './kind.ts'
import { VALUE_WRONG } from './errors.ts'
import { referenceOperators } from './operators/reference.ts'
import { asIs, textOrFalse } from './text-value.ts'

/** `'model,id'`: a record of one of several models. */
export const reference: Kind = {
  type: 'reference',
  column: 'text',
  empty: null,
  groupable: false,
  accept: (value, field) => {
    if (value === null || value === undefined || value === false || value === '') return null
    if (typeof value === 'string' && /^[a-z_][a-z0-9_.]*,\d+$/.test(value)) return value
    throw new VALUE_WRONG(field.model, field.name, value, "a reference such as 'res.partner,7'")
  },
  toColumn: asIs,
  fromColumn: asIs,
  toWire: textOrFalse,
  operators: referenceOperators,
}
