import type { FieldInfo } from '../fields/info.ts'
import type { ModelInfo, OrderKey } from '../orm/model-info.ts'
import type { Dialect } from '../sql/dialect.ts'
import { ident, sql } from '../sql/fragment.ts'
import { closingParenthesis, oneLine, quote } from './ddl.ts'
import { SCHEMA_CONSTRAINT_UNKNOWN } from './errors.ts'
import { columnTypeOf } from './models.ts'
import { declaredName, indexName, orderIndexName } from './names.ts'
import { FOLD_NAME } from './postgres/fold.ts'
import type { Constraint, Index } from './types.ts'

function index(name: string, definition: string, rest: Partial<Index> = {}): Index {
  return { name, definition, unique: false, needs: null, ours: true, ...rest }
}

/** The indexes that fields ask for. JSON columns get none: what is asked of them is the value of one language or company. */
export function fieldIndexes(model: ModelInfo, dialect: Dialect, order: Index | null): Index[] {
  const found: Index[] = []
  for (const field of model.columns) {
    if (!field.index || columnTypeOf(field) === 'json' || field.name === 'id') continue
    const definition = fieldDefinition(field, model, dialect)
    if (definition === `(${quote(field.name)})` && order && startsWith(order, field.name)) continue
    found.push(index(indexName(model.table, field.name), definition, trigram(field, dialect)))
  }
  return found
}

/** Whether the first term of the index is the column itself: it then serves all that the column's own would. */
function startsWith({ definition }: Index, column: string): boolean {
  return [',', ')', ' DESC'].some((end) => definition.startsWith(`(${quote(column)}${end}`))
}

function fieldDefinition(field: FieldInfo, model: ModelInfo, dialect: Dialect): string {
  const column = quote(field.name)
  if (field.index === 'not null') return `(${column}) WHERE ${column} IS NOT NULL`
  if (dialect.name === 'sqlite') return `(${column})`
  if (field.index === 'trigram') return `USING gin (${FOLD_NAME}(${column}) gin_trgm_ops)`
  // a subtree is found by the start of its path, which only this class of operators looks up in any locale
  return model.parentStore && field.name === 'parent_path' ? `(${column} text_pattern_ops)` : `(${column})`
}

function trigram(field: FieldInfo, dialect: Dialect): Partial<Index> {
  if (field.index !== 'trigram' || dialect.name === 'sqlite') return {}
  return { needs: { extension: 'pg_trgm', otherwise: `(${quote(field.name)})` } }
}

/**
 * The index that gives a page of records in the model's own order without reading the rest, when that order starts
 * with an indexed column. Its terms are those of the query's ORDER BY, with `id` at the end.
 */
export function orderIndex(model: ModelInfo, dialect: Dialect): Index | null {
  const first = model.order[0] && orderedColumn(model.order[0], model)
  if (!first?.index || first.name === 'id') return null
  const terms: string[] = []
  for (const key of withId(model.order)) {
    const field = key.field === 'id' ? null : orderedColumn(key, model)
    if (field === undefined) break
    terms.push(orderTerm(key, field, dialect))
  }
  return index(orderIndexName(model.table), `(${terms.join(', ')})`)
}

/** The field of a key if records are in the order of its own column: not that of another table or of a language. */
function orderedColumn({ field: name }: OrderKey, model: ModelInfo): FieldInfo | undefined {
  const field = model.fields.get(name.replace(/\.id$/, ''))
  if (!field || field.column === null || columnTypeOf(field) === 'json') return undefined
  return field.type === 'many2one' && !name.endsWith('.id') ? undefined : field
}

/** The keys up to `id`, which leaves nothing to order behind it. */
function withId(order: readonly OrderKey[]): readonly OrderKey[] {
  const end = order.findIndex(({ field }) => field === 'id')
  return end < 0 ? [...order, { field: 'id', descending: false }] : order.slice(0, end + 1)
}

/** The term exactly as queries order by it; `null` stands for `id`. */
function orderTerm({ descending, nulls }: OrderKey, field: FieldInfo | null, dialect: Dialect): string {
  const column = ident(field?.name ?? 'id')
  const nullable = field !== null && !field.required
  if (field?.type === 'boolean' && nullable) {
    return dialect.orderTerm(sql`COALESCE(${column}, FALSE)`, { descending, nullable: false, text: false }).text
  }
  const options = { descending, nullable, text: field?.kind.text ?? false }
  return dialect.orderTerm(column, nulls ? { ...options, nulls } : options).text
}

/** Indexes of the model as a whole: columns or expressions, optionally after `unique` or `using …` and with a WHERE. */
export function declaredIndexes(model: ModelInfo, dialect: Dialect): Index[] {
  const found: Index[] = []
  for (const { name, definition } of model.indexes) {
    const [, unique, rest = ''] = /^(unique\s+)?(.*)$/i.exec(oneLine(definition)) ?? []
    const method = /^using\b/i.test(rest)
    if (method && dialect.name === 'sqlite') continue // SQLite has one kind of index
    const written = method ? rest : parenthesised(rest)
    found.push(index(declaredName(model.table, name), written, { unique: unique !== undefined }))
  }
  return found
}

/** `a, b WHERE c` as `(a, b) WHERE c`. */
function parenthesised(definition: string): string {
  const where = /\bwhere\b/i.exec(definition)?.index ?? definition.length
  const columns = definition.slice(0, where).trim()
  const whole = columns.startsWith('(') && closingParenthesis(columns, 0) === columns.length - 1
  return `${whole ? columns : `(${columns})`} ${definition.slice(where)}`.trim()
}

/**
 * The model's SQL constraints. Unique ones are indexes where a constraint cannot be added to a table that exists.
 * @throws SCHEMA_CONSTRAINT_UNKNOWN
 */
export function declaredConstraints(
  model: ModelInfo,
  dialect: Dialect,
): { constraints: Constraint[]; indexes: Index[] } {
  const constraints: Constraint[] = []
  const indexes: Index[] = []
  for (const { name, definition } of model.sqlConstraints) {
    const [, kind, rest] = /^(unique|check)\s*(\(.*\))$/i.exec(oneLine(definition)) ?? []
    if (kind === undefined || rest === undefined) throw new SCHEMA_CONSTRAINT_UNKNOWN(model.name, name, definition)
    const fullName = declaredName(model.table, name)
    const unique = kind.toLowerCase() === 'unique'
    if (unique && !dialect.altersConstraints) indexes.push(index(fullName, rest, { unique }))
    else constraints.push({ name: fullName, kind: unique ? 'unique' : 'check', definition: rest, ours: true })
  }
  return { constraints, indexes }
}
