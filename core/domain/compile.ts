import type { FieldInfo } from '../fields/info.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import { FALSE, type Sql, TRUE, and, ident, not, or, param, sql } from '../sql/fragment.ts'
import { type CompileContext, columnOf } from './column.ts'
import { whereSet } from './compare.ts'
import { isDatePart, partOperators } from './date-part.ts'
import { DOMAIN_NOT_SEARCHABLE } from './errors.ts'
import { comodelOf, isSearchable, splitPath } from './field-facts.ts'
import { Hierarchy } from './hierarchy.ts'
import type { Any, Leaf, Tree } from './tree.ts'

export type { CompileContext } from './column.ts'

/**
 * The condition of a resolved tree as SQL that is never NULL, for a query in which the model's table has the alias.
 * Aliases of sub-selects begin with `_d`.
 *
 *     compileDomain(tree, partner, 'p', context) // "p"."city" IS NOT NULL AND "p"."city" = ?
 */
export function compileDomain(tree: Tree, model: ModelInfo, alias: string, context: CompileContext): Sql {
  return new Compiler(context).tree(tree, model, alias)
}

class Compiler {
  readonly #context: CompileContext
  #aliases = 0

  constructor(context: CompileContext) {
    this.#context = context
  }

  tree(tree: Tree, model: ModelInfo, alias: string): Sql {
    switch (tree.type) {
      case 'constant':
        return tree.value ? TRUE : FALSE
      case 'and':
        return and(tree.of.map((one) => this.tree(one, model, alias)))
      case 'or':
        return or(tree.of.map((one) => this.tree(one, model, alias)))
      case 'not':
        return not(this.tree(tree.of, model, alias))
      case 'any':
        return this.#any(tree, model, alias)
    }
    return this.#leaf(tree, model, alias)
  }

  #leaf(leaf: Leaf, model: ModelInfo, alias: string): Sql {
    const [name, part] = splitPath(leaf.path)
    const field = this.#field(name, model)
    const column = columnOf(field, alias, this.#context)
    if (leaf.operand instanceof Hierarchy)
      return sql`${column} IN ${this.#hierarchy(leaf.operator, leaf.operand, model)}`
    const operators = part !== undefined && isDatePart(part) ? partOperators[part] : field.kind.operators
    if (!operators) throw new DOMAIN_NOT_SEARCHABLE(model.name, name)
    return operators.sql(column, leaf.operator, leaf.operand, field, this.#context)
  }

  #any(any: Any, model: ModelInfo, alias: string): Sql {
    const field = this.#field(any.field, model)
    if (field.type === 'many2one') return this.#one(field, comodelOf(field, this.#context.registry), any, alias)
    if (field.type === 'many2one_reference') return this.#reference(field, any, model, alias)
    return field.type === 'many2many' ? this.#links(field, any, alias) : this.#lines(field, any, model, alias)
  }

  /** Through a many2one. The key of the other table is indexed, so that NOT EXISTS is the cheapest negation. */
  #one(field: FieldInfo, comodel: ModelInfo, { tree, negated }: Any, alias: string): Sql {
    const column = columnOf(field, alias, this.#context)
    const key = this.#onKey(tree, comodel, column)
    if (key) {
      const found = whereSet(column, field, key)
      return negated ? not(found) : found
    }
    const other = this.#alias()
    const condition = this.tree(tree, comodel, other)
    const from = sql`${ident(comodel.table)} AS ${ident(other)}`
    const id = ident(other, 'id')
    return negated
      ? sql`NOT EXISTS (SELECT 1 FROM ${from} WHERE ${and([sql`${id} = ${column}`, condition])})`
      : whereSet(column, field, sql`${column} IN (SELECT ${id} FROM ${from} WHERE ${condition})`)
  }

  /** To records of one model: the field that names the model must name it. */
  #reference(field: FieldInfo, any: Any, model: ModelInfo, alias: string): Sql {
    const comodel = this.#context.registry.get(any.comodel as string) // resolving refuses one that names none
    const named = this.#field(field.options.modelField as string, model)
    const ofModel = sql`COALESCE(${columnOf(named, alias, this.#context)}, '') = ${comodel.name}`
    const found = and([ofModel, this.#one(field, comodel, { ...any, negated: false }, alias)])
    return any.negated ? not(found) : found
  }

  /** Through a relation table, which has an index that begins with either side. */
  #links(field: FieldInfo, { tree, negated }: Any, alias: string): Sql {
    const comodel = comodelOf(field, this.#context.registry)
    const relation = field.relation
    if (!relation) throw new DOMAIN_NOT_SEARCHABLE(field.model, field.name)
    const link = this.#alias()
    const near = ident(link, relation.column1)
    const far = ident(link, relation.column2)
    const condition = this.#onKey(tree, comodel, far) ?? sql`${far} IN ${this.#select(tree, comodel)}`
    const from = sql`${ident(relation.table)} AS ${ident(link)}`
    const id = ident(alias, 'id')
    return negated
      ? sql`NOT EXISTS (SELECT 1 FROM ${from} WHERE ${and([sql`${near} = ${id}`, condition])})`
      : sql`${id} IN (SELECT ${near} FROM ${from} WHERE ${condition})`
  }

  /** Through the many2one of the lines. Without an index on it, a list made once beats a look-up per record. */
  #lines(field: FieldInfo, { tree, negated }: Any, model: ModelInfo, alias: string): Sql {
    const comodel = comodelOf(field, this.#context.registry)
    const inverse = this.#field(field.inverse as string, comodel) // lines have one
    const line = this.#alias()
    const back = columnOf(inverse, line, this.#context)
    const ofModel = this.#ofModel(inverse, comodel, model, line)
    const condition = this.tree(tree, comodel, line)
    const from = sql`${ident(comodel.table)} AS ${ident(line)}`
    const id = ident(alias, 'id')
    if (negated && inverse.index !== false) {
      return sql`NOT EXISTS (SELECT 1 FROM ${from} WHERE ${and([sql`${back} = ${id}`, ofModel, condition])})`
    }
    const found = sql`${id} IN (SELECT ${back} FROM ${from} WHERE ${and([sql`${back} IS NOT NULL`, ofModel, condition])})`
    return negated ? not(found) : found
  }

  /** A many2one_reference points to records of several models; another field names which. */
  #ofModel(inverse: FieldInfo, comodel: ModelInfo, model: ModelInfo, line: string): Sql {
    const { modelField } = inverse.options
    if (inverse.type !== 'many2one_reference' || modelField === undefined) return TRUE
    return sql`${columnOf(this.#field(modelField, comodel), line, this.#context)} = ${param(model.name)}`
  }

  /** A tree that only looks at the key needs no look at the table: the condition on a column that refers to it. */
  #onKey(tree: Tree, model: ModelInfo, column: Sql): Sql | undefined {
    if (tree.type === 'constant') return tree.value ? TRUE : FALSE
    if (tree.type !== 'leaf' || tree.path !== 'id') return undefined
    if (tree.operand instanceof Hierarchy)
      return sql`${column} IN ${this.#hierarchy(tree.operator, tree.operand, model)}`
    const id = this.#field('id', model)
    return id.kind.operators?.sql(column, tree.operator, tree.operand, id, this.#context)
  }

  #select(tree: Tree, model: ModelInfo): Sql {
    const other = this.#alias()
    return sql`(SELECT ${ident(other, 'id')} FROM ${ident(model.table)} AS ${ident(other)} WHERE ${this.tree(tree, model, other)})`
  }

  /** Ids of the roots and of all that lies below or above them. UNION drops what was met before, so circles end. */
  #hierarchy(operator: string, { roots, parent }: Hierarchy, model: ModelInfo): Sql {
    if (parent === null) return this.#select(roots, model)
    const walk = this.#alias()
    const start = this.#alias()
    const next = this.#alias()
    const up = this.#field(parent, model)
    const table = ident(model.table)
    const [startUp, nextUp] = [columnOf(up, start, this.#context), columnOf(up, next, this.#context)]
    const where = this.tree(roots, model, start)
    const step =
      operator === 'child_of' ? sql`${nextUp} = ${ident(walk, 'id')}` : sql`${ident(next, 'id')} = ${ident(walk, 'up')}`
    return sql`(WITH RECURSIVE ${ident(walk)}(id, up) AS (
      SELECT ${ident(start, 'id')}, ${startUp} FROM ${table} AS ${ident(start)} WHERE ${where}
      UNION SELECT ${ident(next, 'id')}, ${nextUp} FROM ${table} AS ${ident(next)} JOIN ${ident(walk)} ON ${step}
    ) SELECT id FROM ${ident(walk)})`
  }

  /** A field that SQL can look at; resolved trees name no other. */
  #field(name: string, model: ModelInfo): FieldInfo {
    const field = model.fields.get(name)
    if (!field || !isSearchable(field, this.#context.registry)) throw new DOMAIN_NOT_SEARCHABLE(model.name, name)
    return field
  }

  #alias(): string {
    return `_d${++this.#aliases}`
  }
}
