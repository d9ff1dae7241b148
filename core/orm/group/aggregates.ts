import type { FieldInfo } from '../../fields/info.ts'
import { FIELD_UNKNOWN } from '../../fields/errors.ts'
import type { Dialect } from '../../sql/dialect.ts'
import { ident, type Sql, sql } from '../../sql/fragment.ts'
import { roundTo } from '../../tools/decimal.ts'
import { unique } from '../../tools/iter.ts'
import type { ModelInfo } from '../model-info.ts'
import type { Registry } from '../registry.ts'
import { ALIAS } from '../search.ts'
import { GROUP_AGGREGATE_WRONG } from './errors.ts'
import { type Source, sourceOf } from './source.ts'

/** A value that sums up a field over the records of a group. */
export interface Aggregate {
  /** The key under which groups show it. */
  readonly name: string
  readonly field: FieldInfo
  readonly source: Source
  readonly take: AggregateFunction
}
export type AggregateFunction =
  | 'sum'
  | 'avg'
  | 'min'
  | 'max'
  | 'count'
  | 'count_distinct'
  | 'bool_and'
  | 'bool_or'
  | 'array_agg'
  | 'recordset'

/** What a function can be taken of, as SQL, and what it answers for no records at all. */
interface Definition {
  accepts(field: FieldInfo): boolean
  sql(column: Sql, dialect: Dialect): Sql
  readonly empty: unknown
  /** The value of a column as records hold it. */
  read(raw: unknown, field: FieldInfo): unknown
}

const SPEC = /^(\w+)(?::(\w+)(?:\((\w+)\))?)?$/
const SIGNIFICANT_DIGITS = 15

const isNumber = (field: FieldInfo): boolean => ['integer', 'float', 'monetary'].includes(field.type)
const isBoolean = (field: FieldInfo): boolean => field.type === 'boolean'
const isSorted = (field: FieldInfo): boolean => !isBoolean(field) && field.kind.column !== 'json'
const isAny = (): boolean => true

const readNumber = (raw: unknown): unknown => raw
const readBoolean = (raw: unknown): unknown => raw === true || raw === 1
/** Sums of floats show binary noise behind the digits that they hold. */
const readAmount = (raw: unknown, { digits }: FieldInfo): unknown => {
  if (typeof raw !== 'number' || Number.isInteger(raw)) return raw
  return digits === null ? cleaned(raw) : roundTo(raw, { digits })
}
const readMean = (raw: unknown): unknown => (typeof raw === 'number' ? cleaned(raw) : raw)
const readOne = (raw: unknown, field: FieldInfo): unknown => field.kind.fromColumn(raw, field)
const readList = (raw: unknown, field: FieldInfo): unknown[] =>
  (JSON.parse(String(raw)) as unknown[]).map((one) => (one === null ? null : field.kind.fromColumn(one, field)))
const cleaned = (value: number): number => Number(value.toPrecision(SIGNIFICANT_DIGITS))

/** Both databases let the elements of a collecting aggregate be ordered inside of its parentheses. */
const collected = (column: Sql, dialect: Dialect): Sql =>
  dialect.arrayAgg(sql`${column} ORDER BY ${ident(ALIAS, 'id')}`)

const FUNCTIONS: Readonly<Record<AggregateFunction, Definition>> = {
  sum: { accepts: isNumber, sql: (column) => sql`SUM(${column})`, empty: null, read: readAmount },
  avg: { accepts: isNumber, sql: (column) => sql`AVG(${column})`, empty: null, read: readMean },
  min: { accepts: isSorted, sql: (column) => sql`MIN(${column})`, empty: null, read: readOne },
  max: { accepts: isSorted, sql: (column) => sql`MAX(${column})`, empty: null, read: readOne },
  count: { accepts: isAny, sql: (column) => sql`COUNT(${column})`, empty: 0, read: readNumber },
  count_distinct: { accepts: isAny, sql: (column) => sql`COUNT(DISTINCT ${column})`, empty: 0, read: readNumber },
  bool_and: { accepts: isBoolean, sql: (column) => extreme('MIN', column), empty: null, read: readBoolean },
  bool_or: { accepts: isBoolean, sql: (column) => extreme('MAX', column), empty: null, read: readBoolean },
  array_agg: { accepts: isAny, sql: collected, empty: [], read: readList },
  recordset: {
    accepts: (field) => field.name === 'id' || field.type === 'many2one',
    sql: collected,
    empty: [],
    read: (raw, field) => unique(readList(raw, field)).filter((id) => id !== null),
  },
}

/** The least or greatest of booleans as a number, which both databases can tell. */
function extreme(which: 'MIN' | 'MAX', column: Sql): Sql {
  const number = sql`CASE WHEN ${column} THEN 1 ELSE 0 END`
  return which === 'MIN' ? sql`MIN(${number})` : sql`MAX(${number})`
}

/**
 * Reads `field` (summed up as the field says), `field:function` or `name:function(field)`. `null` for a field that
 * says nothing of how it is summed up.
 * @throws GROUP_AGGREGATE_WRONG, FIELD_UNKNOWN
 */
export function parseAggregate(spec: unknown, info: ModelInfo, registry: Registry): Aggregate | null {
  const match = typeof spec === 'string' ? SPEC.exec(spec) : null
  if (!match)
    throw new GROUP_AGGREGATE_WRONG(info.name, spec, "write 'field', 'field:function' or 'name:function(field)'")
  const [, name = '', written, inside] = match
  const field = info.fields.get(inside ?? name)
  if (!field) throw new FIELD_UNKNOWN(info.name, inside ?? name).with({ model: info.name, field: inside ?? name })
  const take = written ?? field.aggregator
  const source = sourceOf(field, info, registry)
  const isColumn = source !== undefined && source.field.column !== null
  if (written === undefined && (take === null || !isColumn)) return null
  if (take === null || !isFunction(take)) {
    throw new GROUP_AGGREGATE_WRONG(info.name, spec, `use one of ${Object.keys(FUNCTIONS).join(', ')}`)
  }
  if (!isColumn) throw new GROUP_AGGREGATE_WRONG(info.name, spec, `${field.name} has no column`)
  if (!FUNCTIONS[take].accepts(field)) {
    throw new GROUP_AGGREGATE_WRONG(info.name, spec, `there is no ${take} of a ${field.type} field`)
  }
  return { name, field, source, take }
}

function isFunction(name: string): name is AggregateFunction {
  return Object.hasOwn(FUNCTIONS, name)
}

/** The aggregate over the values of a column. */
export function aggregateSql({ take }: Aggregate, column: Sql, dialect: Dialect): Sql {
  return FUNCTIONS[take].sql(column, dialect)
}

/** What a statement gave for an aggregate, as records hold it; `null` when there was nothing to sum up. */
export function readAggregate({ take, field }: Aggregate, raw: unknown): unknown {
  return raw === null ? FUNCTIONS[take].empty : FUNCTIONS[take].read(raw, field)
}

/** What an aggregate is over no records at all. */
export function emptyAggregate({ take }: Aggregate): unknown {
  return FUNCTIONS[take].empty
}

/** An aggregate as clients read it: `false` for none. */
export function wireAggregate({ field }: Aggregate, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => (one === null ? false : field.kind.toWire(one, field)))
  if (value === null) return false
  return typeof value === 'number' || typeof value === 'boolean' ? value : field.kind.toWire(value, field)
}
