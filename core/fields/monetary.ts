import type { Kind } from './kind.ts'
import { acceptNumber, numberFromColumn, numberToWire } from './number-value.ts'
import { numberOperators } from './operators/number.ts'
import { asIs } from './text-value.ts'

/** An amount; it is rounded to its currency when the record that names the currency is written. */
export const monetary: Kind = {
  type: 'monetary',
  column: 'float',
  empty: 0,
  aggregator: 'sum',
  groupable: false,
  accept: acceptNumber,
  toColumn: asIs,
  fromColumn: numberFromColumn,
  toWire: numberToWire,
  operators: numberOperators,
}
