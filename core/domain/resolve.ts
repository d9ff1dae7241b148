import type { FieldInfo } from '../fields/info.ts'
import type { Env } from '../orm/env.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Registry } from '../orm/registry.ts'
import { ident, sql } from '../sql/fragment.ts'
import { withActive } from './active.ts'
import { isNegative } from './compare.ts'
import { compileDomain } from './compile.ts'
import { isDatePart } from './date-part.ts'
import {
  DOMAIN_FIELD_UNKNOWN,
  DOMAIN_NOT_SEARCHABLE,
  DOMAIN_OPERATOR,
  DOMAIN_PATH,
  DOMAIN_SEARCH_LOOP,
} from './errors.ts'
import { comodelOf, isDated, isRelation, isSearchable, splitPath } from './field-facts.ts'
import { Hierarchy, isHierarchic, parentOf } from './hierarchy.ts'
import { parseDomain } from './parse.ts'
import { patternOperator } from './pattern.ts'
import { along, passesUnset } from './related.ts'
import { positive, resolveRelation } from './relation.ts'
import { splitOperand } from './relation-operand.ts'
import { type Any, EVERYTHING, type Leaf, NOTHING, type Tree, allOf, anyOf } from './tree.ts'

export { withActive } from './active.ts'

/** On whose behalf a domain is resolved. */
export interface DomainScope {
  readonly env: Env
  readonly registry: Registry
  /** Whether archived records behind one2many and many2many fields are left out. */
  readonly activeTest: boolean
  /** The record rules of the reader on a model, resolved or not. */
  accessTree(model: ModelInfo): Promise<Tree>
  /** What a condition on the names of records means, resolved or not; the operator is never negative. */
  nameDomain(model: ModelInfo, operator: string, operand: unknown): Promise<Tree>
  /** Throws when the reader may not see a field that the domain names. */
  checkField?(field: FieldInfo): void
  /** Throws when the reader may not read a model that the domain leads to. */
  checkModel?(model: ModelInfo): Promise<void>
}

/** How often search statements may come back to one field. */
const MAX_RETURNS = 4

/**
 * Brings a tree to a form that SQL can be made from without waiting: leaves on columns of the model (or parts of
 * dates), `any` on stored relations with the reader's rules inside, and constants. Resolving twice does no harm.
 * Neither the model's own rules nor its active filter are added (see `withActive`).
 * @throws DOMAIN_FIELD_UNKNOWN, DOMAIN_PATH, DOMAIN_OPERATOR, DOMAIN_OPERAND, DOMAIN_NOT_SEARCHABLE, DOMAIN_SEARCH_LOOP
 */
export function resolveDomain(tree: Tree, model: ModelInfo, scope: DomainScope): Promise<Tree> {
  return new Resolver(scope).resolve(tree, model, [])
}

/** Fields whose search statement or related path led to what is resolved now. */
type Trail = readonly string[]

class Resolver {
  readonly #scope: DomainScope
  /** Rules by model, resolved once for all sub-selects. */
  readonly #rules = new Map<string, Promise<Tree>>()
  /** Parts that the reader wrote, inside of what a field's declaration led to: where they stand in their own right. */
  readonly #given = new WeakMap<Tree, Trail>()

  constructor(scope: DomainScope) {
    this.#scope = scope
  }

  async resolve(tree: Tree, model: ModelInfo, within: Trail): Promise<Tree> {
    const trail = this.#given.get(tree) ?? within
    switch (tree.type) {
      case 'constant':
        return tree.value ? EVERYTHING : NOTHING
      case 'and':
        return allOf(await this.#each(tree.of, model, trail))
      case 'or':
        return anyOf(await this.#each(tree.of, model, trail))
      case 'not':
        return negate(await this.resolve(tree.of, model, trail))
      case 'any':
        return this.#any(tree, model, trail)
    }
    return this.#leaf(tree, model, trail)
  }

  async #each(trees: readonly Tree[], model: ModelInfo, trail: Trail): Promise<Tree[]> {
    const resolved: Tree[] = []
    for (const tree of trees) resolved.push(await this.resolve(tree, model, trail))
    return resolved
  }

  #field(name: string, model: ModelInfo, leaf: unknown, trail: Trail): FieldInfo {
    const field = model.fields.get(name)
    if (!field) throw new DOMAIN_FIELD_UNKNOWN(model.name, name, leaf)
    if (trail.length === 0) this.#scope.checkField?.(field)
    return field
  }

  async #leaf(leaf: Leaf, model: ModelInfo, trail: Trail): Promise<Tree> {
    const [name, rest] = splitPath(leaf.path)
    const written = [leaf.path, leaf.operator, leaf.operand ?? false]
    const field = this.#field(name, model, written, trail)
    const { operand } = leaf
    if (leaf.operator === '=?' && (operand === null || operand === '')) return EVERYTHING
    const operator = leaf.operator === '=?' ? '=' : leaf.operator
    if (rest !== undefined && isRelation(field)) {
      return this.#any(
        { type: 'any', field: name, tree: { ...leaf, path: rest, operator }, negated: false },
        model,
        trail,
      )
    }
    if (rest !== undefined && !(isDatePart(rest) && isDated(field))) throw new DOMAIN_PATH(model.name, name, rest)
    if (isSearchable(field, this.#scope.registry)) {
      if (isHierarchic(operator)) return this.#hierarchic(field, operator, operand, model, trail)
      if (isRelation(field)) return this.#relation(field, operator, operand, trail)
      if (!field.kind.operators) throw new DOMAIN_NOT_SEARCHABLE(model.name, name)
      return operator === leaf.operator ? leaf : { ...leaf, operator }
    }
    if (field.search && rest === undefined) return this.#search(field, operator, operand, model, trail)
    if (field.related) return this.#related(field, { ...leaf, operator }, rest, model, trail)
    if (name === 'display_name') return this.#name(operator, operand, model, enter(field, trail))
    throw new DOMAIN_NOT_SEARCHABLE(model.name, name)
  }

  async #any(any: Any, model: ModelInfo, trail: Trail): Promise<Tree> {
    const [name, rest] = splitPath(any.field)
    const field = this.#field(name, model, [any.field, any.negated ? 'not any' : 'any', '…'], trail)
    if (field.type === 'many2one_reference' && any.comodel !== undefined && rest === undefined)
      return this.#reference(any, any.comodel, trail)
    if (!isRelation(field)) throw notARelation(field, rest, any.negated)
    if (rest !== undefined) {
      return this.#any({ type: 'any', field: name, tree: { ...any, field: rest }, negated: false }, model, trail)
    }
    const { registry } = this.#scope
    if (isSearchable(field, registry)) return this.#relate(field, any.tree, any.negated, false, trail)
    if (field.search)
      return this.#search(field, any.negated ? 'not in' : 'in', await this.#ids(field, any.tree, trail), model, trail)
    if (!field.related) throw new DOMAIN_NOT_SEARCHABLE(model.name, name)
    this.#given.set(any.tree, trail)
    const end = { ...any, field: field.related.at(-1) as string } // a related path has a segment
    return this.resolve(along(field.related, end, any.negated, model, registry), model, enter(field, trail))
  }

  /** Through a many2one_reference, to records of one of its models. */
  async #reference(any: Any, model: string, trail: Trail): Promise<Tree> {
    const comodel = this.#scope.registry.get(model)
    return { ...any, tree: allOf([await this.resolve(any.tree, comodel, trail), await this.#access(comodel, trail)]) }
  }

  /** The records behind a relation: those that fulfil the tree, that the reader may see, and that are not archived. */
  async #relate(field: FieldInfo, tree: Tree, negated: boolean, archived: boolean, trail: Trail): Promise<Tree> {
    const comodel = comodelOf(field, this.#scope.registry)
    const filtered = withActive(tree, comodel, this.#scope.activeTest && !archived && field.type !== 'many2one')
    const lines = parseDomain(field.options.filter ?? [])
    const inner = allOf([await this.resolve(filtered, comodel, trail), lines, await this.#access(comodel, trail)])
    return simplified({ type: 'any', field: field.name, tree: inner, negated }, field)
  }

  /** Rules are written by the keepers of the database: they see all records and fields. */
  async #access(model: ModelInfo, trail: Trail): Promise<Tree> {
    if (trail.length === 0) await this.#scope.checkModel?.(model)
    let rules = this.#rules.get(model.name)
    if (!rules) {
      const env = this.#scope.env.sudo('record rules look at everything')
      const everything = { activeTest: false, accessTree: () => Promise.resolve(EVERYTHING) }
      const { registry, nameDomain } = this.#scope
      const all: DomainScope = { env, registry, nameDomain, ...everything }
      rules = this.#scope.accessTree(model).then((tree) => resolveDomain(tree, model, all))
      this.#rules.set(model.name, rules)
    }
    return rules
  }

  #relation(field: FieldInfo, operator: string, operand: unknown, trail: Trail): Promise<Tree> {
    return resolveRelation(field, operator, operand, (relation, tree, { negated, archived }) =>
      this.#relate(relation, tree, negated, archived, trail),
    )
  }

  async #hierarchic(
    field: FieldInfo,
    operator: string,
    operand: unknown,
    model: ModelInfo,
    trail: Trail,
  ): Promise<Tree> {
    if (operand instanceof Hierarchy) return { type: 'leaf', path: field.name, operator, operand }
    const { registry } = this.#scope
    if (field.name !== 'id' && !isRelation(field)) {
      throw new DOMAIN_OPERATOR(operator, `${model.name}.${field.name} (${field.type})`, 'it on id and on relations')
    }
    const target = field.name === 'id' ? model : comodelOf(field, registry)
    const { ids, texts } = splitOperand(operand, operator, field)
    const named = { type: 'leaf', path: 'display_name', operator: 'ilike' } as const
    const starts: Tree[] = texts.map((operand) => ({ ...named, operand }))
    if (ids.length > 0) starts.push({ type: 'leaf', path: 'id', operator: 'in', operand: ids })
    const roots = await this.resolve(anyOf(starts), target, enter(field, trail))
    if (roots === NOTHING) return NOTHING
    // on its own model, a many2one is itself the way up
    const own = field.type === 'many2one' && target === model
    const up = new Hierarchy(roots, own ? field.name : parentOf(target))
    const walk: Leaf = { type: 'leaf', path: 'id', operator, operand: up }
    if (own || field.name === 'id') return walk
    if (field.type === 'many2one') return { type: 'any', field: field.name, tree: walk, negated: false }
    return this.#relate(field, walk, false, true, trail)
  }

  /** What the model's own statement makes of a condition. */
  async #search(field: FieldInfo, operator: string, operand: unknown, model: ModelInfo, trail: Trail): Promise<Tree> {
    const inside = enter(field, trail)
    const value = field.type === 'boolean' ? asBooleans(operand) : operand
    const domain = await field.search?.run(operator, value, this.#scope.env)
    return this.resolve(parseDomain(domain), model, inside)
  }

  /** A field that mirrors the end of a path: the path itself, or none of it when unset values pass. */
  #related(field: FieldInfo, leaf: Leaf, rest: string | undefined, model: ModelInfo, trail: Trail): Promise<Tree> {
    const path = field.related as readonly string[] // the caller tested it
    const last = path.at(-1) as string // a related path has a segment
    const end: Leaf = { ...leaf, path: rest === undefined ? last : `${last}.${rest}` }
    const missing = passesUnset(field, end, rest, this.#scope.env)
    return this.resolve(along(path, end, missing, model, this.#scope.registry), model, enter(field, trail))
  }

  async #name(operator: string, operand: unknown, model: ModelInfo, trail: Trail): Promise<Tree> {
    if (!patternOperator(operator) && !['=', '!=', 'in', 'not in'].includes(operator)) {
      throw new DOMAIN_OPERATOR(operator, `${model.name}.display_name`, '=, !=, in, not in or the like family')
    }
    const tree = await this.#scope.nameDomain(model, positive(operator), operand)
    const resolved = await this.resolve(tree, model, trail)
    return isNegative(operator) ? negate(resolved) : resolved
  }

  /** Ids of the records behind a computed relation that fulfil a tree: its search statement takes nothing else. */
  async #ids(field: FieldInfo, tree: Tree, trail: Trail): Promise<number[]> {
    const { env, registry } = this.#scope
    const comodel = comodelOf(field, registry)
    const resolved = allOf([await this.resolve(tree, comodel, trail), await this.#access(comodel, trail)])
    const { dialect, zone, lang, companyId } = env
    const where = compileDomain(resolved, comodel, comodel.table, { dialect, zone, lang, companyId, registry })
    const id = ident(comodel.table, 'id')
    const rows = await env.connection.rows<{ id: number }>(
      sql`SELECT ${id} AS id FROM ${ident(comodel.table)} WHERE ${where}`,
    )
    return rows.map((row) => row.id)
  }
}

/** The trail with one more field. */
function enter(field: FieldInfo, trail: Trail): Trail {
  const name = `${field.model}.${field.name}`
  const path = [...trail, name]
  if (path.filter((one) => one === name).length > MAX_RETURNS) throw new DOMAIN_SEARCH_LOOP(path)
  return path
}

function negate(tree: Tree): Tree {
  if (tree.type === 'constant') return tree.value ? NOTHING : EVERYTHING
  return tree.type === 'not' ? tree.of : { type: 'not', of: tree }
}

/** What needs no sub-select gets none. */
function simplified(any: Any, field: FieldInfo): Tree {
  if (any.tree.type !== 'constant') return any
  if (!any.tree.value) return any.negated ? EVERYTHING : NOTHING
  if (field.type !== 'many2one') return any
  return { type: 'leaf', path: field.name, operator: any.negated ? '=' : '!=', operand: null }
}

function notARelation(field: FieldInfo, rest: string | undefined, negated: boolean): Error {
  if (rest !== undefined) return new DOMAIN_PATH(field.model, field.name, rest)
  const where = `${field.model}.${field.name} (${field.type})`
  return new DOMAIN_OPERATOR(negated ? 'not any' : 'any', where, 'it on relations')
}

/** Search statements of booleans get `false`, not `null`. */
function asBooleans(operand: unknown): unknown {
  return Array.isArray(operand) ? operand.map((one: unknown) => one ?? false) : (operand ?? false)
}
