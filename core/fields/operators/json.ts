import { isNegative, operandList } from '../../domain/compare.ts'
import { DOMAIN_OPERAND, DOMAIN_OPERATOR } from '../../domain/errors.ts'
import { FALSE, not, sql } from '../../sql/fragment.ts'
import type { FieldInfo } from '../info.ts'
import type { Operators } from '../kind.ts'

/** Whether the condition asks for unset values; contents of JSON have no order and no equality to compare by. */
function asksUnset(operator: string, operand: unknown, field: FieldInfo): boolean {
  if (!['=', '!=', 'in', 'not in'].includes(operator)) {
    throw new DOMAIN_OPERATOR(operator, `${field.model}.${field.name} (${field.type})`, '= or != with false')
  }
  const operands = operandList(operand)
  if (operands.some((one) => one !== null && one !== undefined && one !== false)) {
    throw new DOMAIN_OPERAND(field.model, field.name, operator, operand, 'false: JSON is only searched for being set')
  }
  return operands.length > 0
}

/** JSON: only set or unset. */
export const jsonOperators: Operators = {
  sql(column, operator, operand, field) {
    const found = asksUnset(operator, operand, field) ? sql`${column} IS NULL` : FALSE
    return isNegative(operator) ? not(found) : found
  },
  match(value, operator, operand, field) {
    const found = asksUnset(operator, operand, field) && (value === null || value === undefined)
    return found !== isNegative(operator)
  },
}
