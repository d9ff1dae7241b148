import type { FieldInfo } from '../fields/info.ts'
import type { OperatorContext } from '../fields/kind.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Registry } from '../orm/registry.ts'
import { isNegative } from './compare.ts'
import { isDatePart, partOperators } from './date-part.ts'
import {
  DOMAIN_FIELD_UNKNOWN,
  DOMAIN_NOT_IN_MEMORY,
  DOMAIN_NOT_LOADED,
  DOMAIN_NOT_SEARCHABLE,
  DOMAIN_OPERATOR,
  DOMAIN_PATH,
} from './errors.ts'
import { comodelOf, isDated, isRelation, splitPath } from './field-facts.ts'
import { isHierarchic } from './hierarchy.ts'
import { patternOperator } from './pattern.ts'
import { positive } from './relation.ts'
import { splitOperand } from './relation-operand.ts'
import type { Leaf, Tree } from './tree.ts'

/** What a match depends on besides the record. */
export interface MatchScope extends OperatorContext {
  readonly registry: Registry
}

/**
 * Whether a record's loaded data fulfil a parsed tree, as SQL would tell: computed and mirrored fields included, but
 * neither rules nor the active filter are added. A relation is an id, an object with `id`, or an array of these.
 * `pathsOf` says what must be loaded.
 * @throws DOMAIN_NOT_LOADED, DOMAIN_NOT_IN_MEMORY for the hierarchic operators
 */
export function matches(tree: Tree, record: object, model: ModelInfo, scope: MatchScope): boolean {
  switch (tree.type) {
    case 'constant':
      return tree.value
    case 'and':
      return tree.of.every((one) => matches(one, record, model, scope))
    case 'or':
      return tree.of.some((one) => matches(one, record, model, scope))
    case 'not':
      return !matches(tree.of, record, model, scope)
    case 'any':
      return matchesAny(tree.field, tree.tree, record, model, scope) !== tree.negated
  }
  return matchesLeaf(tree, record, model, scope)
}

/** The paths of a model that a parsed tree looks at, for `load`. @throws DOMAIN_FIELD_UNKNOWN */
export function pathsOf(tree: Tree, model: ModelInfo, registry: Registry): string[] {
  return [...new Set(walkPaths(tree, model, registry))]
}

function* walkPaths(tree: Tree, model: ModelInfo, registry: Registry): Generator<string> {
  if (tree.type === 'constant') return
  if (tree.type === 'and' || tree.type === 'or') for (const one of tree.of) yield* walkPaths(one, model, registry)
  else if (tree.type === 'not') yield* walkPaths(tree.of, model, registry)
  else {
    const [name, rest] = splitPath(tree.type === 'any' ? tree.field : tree.path)
    const field = fieldOf(name, model, tree)
    yield name
    if (!isRelation(field)) return
    const comodel = comodelOf(field, registry)
    const behind =
      rest !== undefined
        ? walkPaths(tree.type === 'any' ? { ...tree, field: rest } : { ...tree, path: rest }, comodel, registry)
        : tree.type === 'any'
          ? walkPaths(tree.tree, comodel, registry)
          : namesTexts(tree, field)
            ? ['display_name']
            : []
    for (const path of behind) yield `${name}.${path}`
  }
}

function namesTexts({ operator, operand }: Leaf, field: FieldInfo): boolean {
  if (isHierarchic(operator) || operand === true) return false
  return patternOperator(operator) !== undefined || splitOperand(operand, operator, field).texts.length > 0
}

function fieldOf(name: string, model: ModelInfo, tree: Tree): FieldInfo {
  const field = model.fields.get(name)
  if (!field) throw new DOMAIN_FIELD_UNKNOWN(model.name, name, tree)
  return field
}

function held(record: object, field: FieldInfo): unknown {
  const value = (record as Readonly<Record<string, unknown>>)[field.name]
  if (value === undefined) throw new DOMAIN_NOT_LOADED(field.model, field.name)
  return value
}

/** The records that a relation holds, as objects with at least their id. */
function linked(record: object, field: FieldInfo): readonly { readonly id: number }[] {
  const value = held(record, field)
  const all: readonly unknown[] = Array.isArray(value) ? value : value === null || value === false ? [] : [value]
  return all.map((one) => (typeof one === 'number' ? { id: one } : (one as { id: number }))) // `load` gives no other
}

function matchesAny(path: string, tree: Tree, record: object, model: ModelInfo, scope: MatchScope): boolean {
  const [name, rest] = splitPath(path)
  const field = fieldOf(name, model, tree)
  if (!isRelation(field)) throw new DOMAIN_PATH(model.name, name, rest ?? 'any')
  const comodel = comodelOf(field, scope.registry)
  return linked(record, field).some((one) =>
    rest === undefined ? matches(tree, one, comodel, scope) : matchesAny(rest, tree, one, comodel, scope),
  )
}

function matchesLeaf(leaf: Leaf, record: object, model: ModelInfo, scope: MatchScope): boolean {
  const [name, rest] = splitPath(leaf.path)
  const field = fieldOf(name, model, leaf)
  if (leaf.operator === '=?' && (leaf.operand === null || leaf.operand === '')) return true
  const operator = leaf.operator === '=?' ? '=' : leaf.operator
  if (isHierarchic(operator)) throw new DOMAIN_NOT_IN_MEMORY(operator, leaf.path)
  if (isRelation(field)) {
    if (rest !== undefined) return matchesAny(name, { ...leaf, path: rest, operator }, record, model, scope)
    return matchesRelation(field, operator, leaf.operand, record, scope)
  }
  if (rest !== undefined && !(isDatePart(rest) && isDated(field))) throw new DOMAIN_PATH(model.name, name, rest)
  const operators = rest !== undefined && isDatePart(rest) ? partOperators[rest] : field.kind.operators
  if (!operators) throw new DOMAIN_NOT_SEARCHABLE(model.name, name)
  return operators.match(held(record, field), operator, leaf.operand, field, scope)
}

function matchesRelation(
  field: FieldInfo,
  operator: string,
  operand: unknown,
  record: object,
  scope: MatchScope,
): boolean {
  const all = linked(record, field)
  const negative = isNegative(operator)
  if (patternOperator(operator))
    return all.some((one) => named(one, field, positive(operator), operand, scope)) !== negative
  if (!['=', '!=', 'in', 'not in'].includes(operator)) {
    if (field.type !== 'many2one' || !field.kind.operators) {
      throw new DOMAIN_OPERATOR(operator, `${field.model}.${field.name} (${field.type})`, '=, !=, in or not in')
    }
    return field.kind.operators.match(all[0]?.id ?? null, operator, operand, field, scope)
  }
  if (operand === true) return all.length > 0 !== negative
  const { ids, texts, unset } = splitOperand(operand, operator, field)
  const found =
    (unset && all.length === 0) ||
    all.some((one) => ids.includes(one.id) || (texts.length > 0 && named(one, field, 'in', texts, scope)))
  return found !== negative
}

/** Whether the name of a related record fulfils a condition. */
function named(record: object, field: FieldInfo, operator: string, operand: unknown, scope: MatchScope): boolean {
  const comodel = comodelOf(field, scope.registry)
  const name = fieldOf('display_name', comodel, { type: 'leaf', path: 'display_name', operator, operand })
  return name.kind.operators?.match(held(record, name), operator, operand, name, scope) ?? false
}
