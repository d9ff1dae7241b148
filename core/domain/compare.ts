import type { OperatorContext, Operators } from '../fields/kind.ts'
import type { FieldInfo } from '../fields/info.ts'
import { FALSE, type Sql, not, raw, sql } from '../sql/fragment.ts'
import { DOMAIN_OPERATOR } from './errors.ts'

/** How values of a kind are put on a scale, on which `=`, `<` and `in` compare them. */
export interface Scale<T extends number | string> {
  /** What an unset value counts as; `null` when it equals nothing but an empty operand. */
  readonly unset: T | null
  /** Whether unset values take part in `<`, `<=`, `>` and `>=`. */
  readonly unsetSorts: boolean
  /** The operand on the scale, `null` for empty. @throws DOMAIN_OPERAND */
  operand(operand: unknown, operator: string, field: FieldInfo): T | null
  /** What a record holds, on the scale; `null` for unset. */
  value(value: unknown): T | null
  /** The operand as SQL beside the column. */
  param(operand: T, field: FieldInfo): Sql
  /** Whether the column is one of the operands (one or more). */
  anyOf(column: Sql, operands: readonly T[], field: FieldInfo, context: OperatorContext): Sql
}

type Test = (a: number | string, b: number | string) => boolean

const ORDERED: Readonly<Record<string, Test>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

/** The condition, false where the column is NULL. The key of a table never is. */
export function whereSet(column: Sql, field: FieldInfo, condition: Sql): Sql {
  return field.name === 'id' ? condition : sql`(${column} IS NOT NULL AND ${condition})`
}

/** The condition, true where the column is NULL. */
function orUnset(column: Sql, field: FieldInfo, condition: Sql): Sql {
  return field.name === 'id' ? condition : sql`(${column} IS NULL OR ${condition})`
}

/** The operand of `in` and `not in`, or of `=` and `!=`, as a list. */
export function operandList(operand: unknown): readonly unknown[] {
  return Array.isArray(operand) ? operand : [operand]
}

/** Whether an operator is true exactly where its positive form is false. */
export function isNegative(operator: string): boolean {
  return operator === '!=' || operator.startsWith('not ')
}

/** The operators `=`, `!=`, `in`, `not in`, `<`, `<=`, `>` and `>=` on a scale. */
export function comparing<T extends number | string>(scale: Scale<T>): Operators {
  const wanted = (operand: unknown, operator: string, field: FieldInfo): { unset: boolean; operands: T[] } => {
    const all = new Set(operandList(operand).map((one) => scale.operand(one, operator, field)))
    const unset = all.has(null) || (scale.unset !== null && all.has(scale.unset))
    all.delete(null)
    return { unset, operands: [...all] as T[] } // null was deleted
  }

  const oneOf = (column: Sql, operator: string, operand: unknown, field: FieldInfo, context: OperatorContext): Sql => {
    const { unset, operands } = wanted(operand, operator, field)
    if (operands.length === 0) return unset ? sql`${column} IS NULL` : FALSE
    const condition = scale.anyOf(column, operands, field, context)
    return (unset ? orUnset : whereSet)(column, field, condition)
  }

  const unsetPasses = (test: Test, bound: T): boolean =>
    scale.unsetSorts && scale.unset !== null && test(scale.unset, bound)

  return {
    sql(column, operator, operand, field, context) {
      if (operator === '=' || operator === 'in') return oneOf(column, operator, operand, field, context)
      if (operator === '!=' || operator === 'not in') return not(oneOf(column, operator, operand, field, context))
      const test = ORDERED[operator]
      if (!test) throw unfit(operator, field)
      const bound = scale.operand(operand, operator, field)
      if (bound === null) return FALSE
      const condition = sql`${column} ${raw(operator)} ${scale.param(bound, field)}`
      return (unsetPasses(test, bound) ? orUnset : whereSet)(column, field, condition)
    },
    match(value, operator, operand, field) {
      const held = scale.value(value)
      if (operator === '=' || operator === '!=' || operator === 'in' || operator === 'not in') {
        const { unset, operands } = wanted(operand, operator, field)
        return (held === null ? unset : operands.includes(held)) !== isNegative(operator)
      }
      const test = ORDERED[operator]
      if (!test) throw unfit(operator, field)
      const bound = scale.operand(operand, operator, field)
      if (bound === null) return false
      return held === null ? unsetPasses(test, bound) : test(held, bound)
    },
  }
}

function unfit(operator: string, field: FieldInfo): Error {
  const where = `${field.model}.${field.name} (${field.type})`
  return new DOMAIN_OPERATOR(operator, where, '=, !=, in, not in, <, <=, > or >=')
}
