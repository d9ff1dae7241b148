import type { Kind } from './kind.ts'
import { acceptNumber, numberFromColumn, numberToWire } from './number-value.ts'
import { numberOperators } from './operators/number.ts'
import { asIs } from './text-value.ts'
import { roundTo } from '../tools/decimal.ts'

/** A number, rounded to the field's digits when there are any. */
export const float: Kind = {
  type: 'float',
  column: 'float',
  empty: 0,
  aggregator: 'sum',
  groupable: false,
  accept: (value, field) => {
    const number = acceptNumber(value, field)
    return number === null || field.digits === null ? number : roundTo(number, { digits: field.digits })
  },
  toColumn: asIs,
  fromColumn: numberFromColumn,
  toWire: numberToWire,
  operators: numberOperators,
}
