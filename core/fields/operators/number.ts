import { comparing } from '../../domain/compare.ts'
import { numberOperand, numberScale } from '../../domain/number-scale.ts'
import type { Operators } from '../kind.ts'
import { orLike } from './text.ts'

const scale = numberScale(
  0,
  (field) => field.kind.column !== 'float',
  (operand, operator, field) => (operand === true && field.name !== 'id' ? 1 : numberOperand(operand, operator, field)),
)

/** Numbers; an unset one counts as 0. The `like` family looks at how they are written. */
export const numberOperators: Operators = orLike(comparing(scale), (value) =>
  typeof value === 'number' ? String(value) : null,
)
