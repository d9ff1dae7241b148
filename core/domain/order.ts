import type { FieldInfo } from '../fields/info.ts'
import type { ModelInfo, OrderKey } from '../orm/model-info.ts'
import { type Sql, ident, join, raw, sql } from '../sql/fragment.ts'
import { type CompileContext, columnOf } from './column.ts'
import { ORDER_MALFORMED, ORDER_WRONG } from './errors.ts'
import { comodelOf } from './field-facts.ts'

/** How many many2one fields an order follows; behind them, records are in the order of their ids. */
const MAX_JOINS = 4

const KEY = /^(\w+(?:\.id)?)(?: (asc|desc))?(?: nulls (first|last))?$/i

/** What is written as a key, even if no such key can be. */
const TERM = /^"?\w+"?(?:\.\w+)*(?::\w+)?(?: (?:asc|desc))?(?: nulls (?:first|last))?$/i

/**
 * Reads `'name desc, partner_id, id'`. Every name must be a field of the model; `partner_id.id` sorts by the id itself.
 * @throws ORDER_WRONG, ORDER_MALFORMED
 */
export function parseOrder(text: string, model: Pick<ModelInfo, 'name' | 'fields'>): OrderKey[] {
  if (text.trim() === '') return []
  const keys = new Map<string, OrderKey>()
  for (const part of text.split(',')) {
    const written = part.trim().replace(/\s+/g, ' ')
    const match = KEY.exec(written)
    if (!match && TERM.test(written))
      throw new ORDER_WRONG(model.name, written, 'paths and functions cannot be sorted by')
    if (!match) throw new ORDER_MALFORMED(model.name, written)
    const [, field = '', direction, nulls] = match
    const info = model.fields.get(field.replace(/\.id$/, ''))
    if (!info) throw new ORDER_WRONG(model.name, written, 'the model has no such field')
    if (field.endsWith('.id') && info.type !== 'many2one')
      throw new ORDER_WRONG(model.name, written, 'it is not a many2one')
    const key = { field, descending: direction?.toLowerCase() === 'desc' }
    // a second key on the same field can decide nothing
    if (!keys.has(field)) keys.set(field, nulls ? { ...key, nulls: nulls.toLowerCase() as 'first' | 'last' } : key)
  }
  return [...keys.values()]
}

/**
 * The terms of ORDER BY (empty text without keys), and the LEFT JOINs that they need behind the model's table. A
 * many2one sorts in the order of the other model. Aliases of joins begin with `_o`.
 * @throws ORDER_WRONG for a field without a column
 */
export function compileOrder(
  order: readonly OrderKey[],
  model: ModelInfo,
  alias: string,
  context: CompileContext,
): { readonly terms: Sql; readonly joins: Sql } {
  const ordering = new Ordering(context)
  const terms = order.flatMap((key) => ordering.terms(key, { model, alias, optional: false, passed: [] }))
  return { terms: terms.length > 0 ? join(terms, ', ') : raw(''), joins: ordering.joins }
}

/** A table in the query. */
interface Place {
  readonly model: ModelInfo
  readonly alias: string
  /** Whether rows of the result may have no row of it. */
  readonly optional: boolean
  /** The many2one fields that led here. */
  readonly passed: readonly FieldInfo[]
}

class Ordering {
  readonly #context: CompileContext
  readonly #joins = new Map<string, { readonly alias: string; readonly text: Sql }>()

  constructor(context: CompileContext) {
    this.#context = context
  }

  get joins(): Sql {
    return this.#joins.size > 0
      ? join(
          [...this.#joins.values()].map((one) => one.text),
          ' ',
        )
      : raw('')
  }

  terms(key: OrderKey, place: Place): Sql[] {
    const { model } = place
    const field = model.fields.get(key.field.replace(/\.id$/, ''))
    if (!field) throw new ORDER_WRONG(model.name, key.field, 'the model has no such field')
    if (field.column === null) return this.#mirrored(field, key, place)
    if (field.type !== 'many2one' || key.field.endsWith('.id')) return [this.#term(field, key, place)]
    const comodel = comodelOf(field, this.#context.registry)
    const keys = comodel.order.filter((one) => one.field !== 'id' || comodel.order.length > 1)
    if (keys.length === 0 || place.passed.includes(field) || place.passed.length >= MAX_JOINS) {
      return [this.#term(field, key, place)]
    }
    const behind = this.#join(field, comodel, place)
    return keys.flatMap((one) => this.terms(key.descending || key.nulls ? turned(one, key) : one, behind))
  }

  /** A field that mirrors one at the end of a path of many2one fields sorts by that one. */
  #mirrored(field: FieldInfo, key: OrderKey, place: Place): Sql[] {
    const path = field.related
    if (!path) throw new ORDER_WRONG(place.model.name, key.field, 'the field has no column')
    let at = place
    for (const name of path.slice(0, -1)) {
      const step = at.model.fields.get(name)
      if (step?.type !== 'many2one' || step.column === null) {
        throw new ORDER_WRONG(place.model.name, key.field, `it mirrors ${path.join('.')}, which is not stored`)
      }
      at = this.#join(step, comodelOf(step, this.#context.registry), at)
    }
    return this.terms({ ...key, field: path.at(-1) as string }, at) // a related path has a segment
  }

  #join(field: FieldInfo, comodel: ModelInfo, place: Place): Place {
    const name = `${place.alias}.${field.name}`
    let known = this.#joins.get(name)
    if (!known) {
      const alias = `_o${this.#joins.size + 1}`
      const on = sql`${ident(alias, 'id')} = ${columnOf(field, place.alias, this.#context)}`
      known = { alias, text: sql`LEFT JOIN ${ident(comodel.table)} AS ${ident(alias)} ON ${on}` }
      this.#joins.set(name, known)
    }
    return {
      model: comodel,
      alias: known.alias,
      optional: place.optional || !field.required,
      passed: [...place.passed, field],
    }
  }

  #term(field: FieldInfo, { descending, nulls }: OrderKey, { alias, optional }: Place): Sql {
    const { dialect } = this.#context
    const column = columnOf(field, alias, this.#context)
    const nullable = optional || !(field.required || field.name === 'id')
    if (field.type === 'boolean' && nullable) {
      return dialect.orderTerm(sql`COALESCE(${column}, FALSE)`, { descending, nullable: false, text: false })
    }
    const options = { descending, nullable, text: field.kind.text ?? false }
    return dialect.orderTerm(column, nulls ? { ...options, nulls } : options)
  }
}

/** A key of the other model, as the many2one's own direction and place of empty values turn it. */
function turned(key: OrderKey, by: OrderKey): OrderKey {
  const flipped = by.descending && key.nulls ? (key.nulls === 'first' ? 'last' : 'first') : key.nulls
  const nulls = by.nulls ?? flipped
  const base = { field: key.field, descending: key.descending !== by.descending }
  return nulls ? { ...base, nulls } : base
}
