import type { FieldInfo } from '../fields/info.ts'
import { operandList } from './compare.ts'
import { DOMAIN_OPERAND } from './errors.ts'

/** What a condition on a relation compares with. */
export interface RelationOperand {
  readonly ids: readonly number[]
  /** Names of records. */
  readonly texts: readonly string[]
  /** Whether no record at all is meant, too. */
  readonly unset: boolean
}

/** Sorts the operand of a relation by what it is. @throws DOMAIN_OPERAND */
export function splitOperand(operand: unknown, operator: string, field: FieldInfo): RelationOperand {
  const ids: number[] = []
  const texts: string[] = []
  let unset = false
  for (const one of operandList(operand)) {
    if (one === null || one === undefined || one === false || one === '') unset = true
    else if (typeof one === 'number' && Number.isFinite(one)) ids.push(one)
    else if (typeof one === 'string') texts.push(one)
    else throw new DOMAIN_OPERAND(field.model, field.name, operator, one, 'an id, a name or false')
  }
  return { ids, texts, unset }
}
