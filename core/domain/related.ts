import type { FieldInfo } from '../fields/info.ts'
import type { OperatorContext } from '../fields/kind.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Registry } from '../orm/registry.ts'
import { isNegative } from './compare.ts'
import { isDatePart, partOperators } from './date-part.ts'
import { DOMAIN_FIELD_UNKNOWN } from './errors.ts'
import { comodelOf, isRelation } from './field-facts.ts'
import { splitOperand } from './relation-operand.ts'
import type { Any, Leaf, Tree } from './tree.ts'

/**
 * The condition `end` at the end of a path of relations. With `missing`, records without a record on the way fulfil it
 * too: a mirrored field is unset there.
 */
export function along(
  path: readonly string[],
  end: Leaf | Any,
  missing: boolean,
  model: ModelInfo,
  registry: Registry,
): Tree {
  const [head, ...tail] = path
  if (head === undefined || tail.length === 0) return end
  const field = model.fields.get(head)
  if (!field) throw new DOMAIN_FIELD_UNKNOWN(model.name, head, path.join('.'))
  const inner = along(tail, end, missing, comodelOf(field, registry), registry)
  const any: Any = { type: 'any', field: head, tree: inner, negated: false }
  if (!missing || field.type !== 'many2one' || field.required) return any
  return { type: 'or', of: [{ type: 'leaf', path: head, operator: '=', operand: null }, any] }
}

/** Whether an unset value of the field fulfils the condition. `part` is a part of a date, if the condition is on one. */
export function passesUnset(
  field: FieldInfo,
  { operator, operand }: Leaf,
  part: string | undefined,
  context: OperatorContext,
): boolean {
  if (isRelation(field)) {
    if (operand === true) return isNegative(operator)
    const unset =
      (operator === '=' || operator === '!=' || operator.endsWith('in')) && splitOperand(operand, operator, field).unset
    return unset !== isNegative(operator)
  }
  const operators = part !== undefined && isDatePart(part) ? partOperators[part] : field.kind.operators
  return operators?.match(null, operator, operand, field, context) ?? false
}
