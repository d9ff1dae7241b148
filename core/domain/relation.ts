import type { FieldInfo } from '../fields/info.ts'
import { isNegative } from './compare.ts'
import { DOMAIN_OPERATOR } from './errors.ts'
import { patternOperator } from './pattern.ts'
import { splitOperand } from './relation-operand.ts'
import { EVERYTHING, type Leaf, type Tree } from './tree.ts'

/** How a condition on a relation reaches the records behind it. */
export interface Reach {
  readonly negated: boolean
  /** Whether archived records behind a one2many or many2many count. */
  readonly archived: boolean
}

/** Makes a resolved `any` out of a tree on the comodel that is not resolved yet. */
export type Relate = (field: FieldInfo, tree: Tree, reach: Reach) => Promise<Tree>

/** The operator without its negation. */
export function positive(operator: string): string {
  return operator === '!=' ? '=' : operator.replace(/^not /, '')
}

const leaf = (path: string, operator: string, operand: unknown): Leaf => ({ type: 'leaf', path, operator, operand })

/** A condition on a stored relation, other than `any` and the hierarchic ones. */
export async function resolveRelation(
  field: FieldInfo,
  operator: string,
  operand: unknown,
  relate: Relate,
): Promise<Tree> {
  const negated = isNegative(operator)
  if (patternOperator(operator)) {
    const text = operand === null ? '' : operand
    return relate(field, leaf('display_name', positive(operator), text), { negated, archived: false })
  }
  const equality = ['=', '!=', 'in', 'not in'].includes(operator)
  if (!equality && field.type === 'many2one') return leaf(field.name, operator, operand)
  if (!equality) {
    const where = `${field.model}.${field.name} (${field.type})`
    throw new DOMAIN_OPERATOR(
      operator,
      where,
      'any, not any, =, !=, in, not in, child_of, parent_of or the like family',
    )
  }
  // `= true` asks for any record at all
  if (operand === true) return resolveRelation(field, negated ? '=' : '!=', null, relate)
  return field.type === 'many2one'
    ? resolveToOne(field, operator, operand, relate)
    : resolveToMany(field, operator, operand, relate)
}

async function resolveToOne(field: FieldInfo, operator: string, operand: unknown, relate: Relate): Promise<Tree> {
  const { ids, texts, unset } = splitOperand(operand, operator, field)
  if (texts.length === 0) return leaf(field.name, operator, operand)
  const found: Tree[] = [await relate(field, named(texts), { negated: false, archived: false })]
  if (ids.length > 0 || unset) found.push(leaf(field.name, 'in', unset ? [...ids, null] : ids))
  return oneOf(found, isNegative(operator))
}

async function resolveToMany(field: FieldInfo, operator: string, operand: unknown, relate: Relate): Promise<Tree> {
  const { ids, texts, unset } = splitOperand(operand, operator, field)
  const found: Tree[] = []
  if (texts.length > 0) found.push(await relate(field, named(texts), { negated: false, archived: false }))
  if (ids.length > 0) found.push(await relate(field, leaf('id', 'in', ids), { negated: false, archived: true }))
  // links to archived records are links, but a list of lines is empty when all of its lines are archived
  if (unset) found.push(await relate(field, EVERYTHING, { negated: true, archived: field.type === 'many2many' }))
  return oneOf(found, isNegative(operator))
}

function named(texts: readonly string[]): Tree {
  return texts.length === 1 ? leaf('display_name', '=', texts[0]) : leaf('display_name', 'in', texts)
}

function oneOf(found: readonly Tree[], negated: boolean): Tree {
  const tree: Tree = found.length === 1 ? (found[0] as Tree) : { type: 'or', of: found }
  return negated ? { type: 'not', of: tree } : tree
}
