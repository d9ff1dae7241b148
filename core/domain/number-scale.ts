import type { FieldInfo } from '../fields/info.ts'
import { type Sql, join, param, sql } from '../sql/fragment.ts'
import type { Scale } from './compare.ts'
import { DOMAIN_OPERAND } from './errors.ts'

const LARGEST = 2 ** 31 - 1

/** The number that an operand is or writes; `null` for empty. @throws DOMAIN_OPERAND */
export function numberOperand(operand: unknown, operator: string, field: FieldInfo): number | null {
  if (operand === null || operand === undefined || operand === false || operand === '') return null
  const number = typeof operand === 'string' && operand.trim() !== '' ? Number(operand) : operand
  if (typeof number === 'number' && Number.isFinite(number)) return number
  throw new DOMAIN_OPERAND(field.model, field.name, operator, operand, 'a number')
}

/**
 * A scale of numbers. `whole` tells whether the column holds integers: a fraction or a number beyond 32 bits can
 * then not be passed as it is, because the database takes a parameter for the type of the column beside it.
 */
export function numberScale(
  unset: 0 | null,
  whole: (field: FieldInfo) => boolean,
  operandOf: typeof numberOperand = numberOperand,
): Scale<number> {
  const fits = (number: number, field: FieldInfo): boolean =>
    !whole(field) || (Number.isInteger(number) && Math.abs(number) <= LARGEST)
  const asParam = (number: number, field: FieldInfo): Sql =>
    fits(number, field) ? param(number) : sql`CAST(${number} AS double precision)`
  return {
    unset,
    unsetSorts: unset !== null,
    operand: (operand, operator, field) => operandOf(operand, operator, field) ?? unset,
    value: (value) => (typeof value === 'number' ? value : null),
    param: asParam,
    anyOf: (column, operands, field, { dialect }) =>
      operands.every((one) => fits(one, field))
        ? dialect.anyOf(column, operands)
        : sql`${column} IN (${join(
            operands.map((one) => asParam(one, field)),
            ', ',
          )})`,
  }
}
