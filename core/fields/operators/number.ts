import { comparing } from '../../domain/compare.ts'
import { numberOperand, numberScale } from '../../domain/number-scale.ts'
import type { Operators } from '../kind.ts'

const scale = numberScale(
  0,
  (field) => field.kind.column !== 'float',
  (operand, operator, field) => (operand === true && field.name !== 'id' ? 1 : numberOperand(operand, operator, field)),
)

/** Numbers; an unset one counts as 0. */
export const numberOperators: Operators = comparing(scale)
