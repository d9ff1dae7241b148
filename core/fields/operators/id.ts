import { comparing } from '../../domain/compare.ts'
import { numberScale } from '../../domain/number-scale.ts'
import type { Operators } from '../kind.ts'

const numbers = numberScale(null, () => true)

/** Keys of records, as a many2one holds them: numbers, of which an unset one equals only an empty operand. */
export const idOperators: Operators = comparing({
  ...numbers,
  value: (value) => numbers.value(typeof value === 'object' && value !== null && 'id' in value ? value.id : value),
})
