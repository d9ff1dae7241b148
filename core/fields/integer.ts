import type { Kind } from './kind.ts'
import { VALUE_WRONG } from './errors.ts'
import { acceptNumber, numberFromColumn, numberToWire } from './number-value.ts'
import { numberOperators } from './operators/number.ts'
import { asIs } from './text-value.ts'

const LARGEST = 2 ** 31 - 1

/** A whole number of 32 bits; fractions are cut off. */
export const integer: Kind = {
  type: 'integer',
  column: 'integer',
  empty: 0,
  aggregator: 'sum',
  groupable: true,
  accept: (value, field) => {
    const number = acceptNumber(value, field)
    if (number === null) return null
    const whole = Math.trunc(number)
    if (Math.abs(whole) > LARGEST)
      throw new VALUE_WRONG(field.model, field.name, value, `between ${-LARGEST} and ${LARGEST}`)
    return whole
  },
  toColumn: asIs,
  fromColumn: numberFromColumn,
  toWire: numberToWire,
  operators: numberOperators,
}
