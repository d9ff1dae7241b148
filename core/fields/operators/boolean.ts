import { isNegative, operandList } from '../../domain/compare.ts'
import { DOMAIN_OPERAND, DOMAIN_OPERATOR } from '../../domain/errors.ts'
import { FALSE, TRUE, sql } from '../../sql/fragment.ts'
import type { FieldInfo } from '../info.ts'
import type { Operators } from '../kind.ts'

/** The truth values that fulfil a condition. */
function wanted(operator: string, operand: unknown, field: FieldInfo): ReadonlySet<boolean> {
  if (!['=', '!=', 'in', 'not in'].includes(operator)) {
    throw new DOMAIN_OPERATOR(operator, `${field.model}.${field.name} (boolean)`, '=, !=, in or not in')
  }
  const given = new Set(operandList(operand).map((one) => truth(one, operator, field)))
  return isNegative(operator) ? new Set([true, false].filter((one) => !given.has(one))) : given
}

function truth(operand: unknown, operator: string, field: FieldInfo): boolean {
  if (operand === true || operand === 1) return true
  if (operand === false || operand === null || operand === undefined || operand === 0) return false
  throw new DOMAIN_OPERAND(field.model, field.name, operator, operand, 'true or false')
}

/** Yes or no; unset is no. */
export const booleanOperators: Operators = {
  sql(column, operator, operand, field) {
    const values = wanted(operator, operand, field)
    if (values.size !== 1) return values.size === 0 ? FALSE : TRUE
    return values.has(true) ? sql`${column} IS TRUE` : sql`${column} IS NOT TRUE`
  },
  match: (value, operator, operand, field) => wanted(operator, operand, field).has(value === true),
}
