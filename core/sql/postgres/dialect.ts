import { type Sql, ident, join, raw, sql } from '../fragment.ts'
import type { ColumnType, DatePart, Dialect, Granularity, OrderOptions } from '../dialect.ts'
import { fold } from '../../tools/fold.ts'

const COLUMN_TYPES: Record<ColumnType, string> = {
  id: 'serial PRIMARY KEY',
  integer: 'integer',
  bigint: 'bigint',
  float: 'double precision',
  boolean: 'boolean',
  text: 'text',
  date: 'date',
  datetime: 'timestamp(0)',
  json: 'jsonb',
}

/** Types of columns that come out of JSON; JSON itself travels as its text. */
const JSON_ROW_TYPES: Record<ColumnType, string> = { ...COLUMN_TYPES, id: 'integer', json: 'text' }

const PARTS: Record<DatePart, string> = {
  year_number: 'year',
  quarter_number: 'quarter',
  month_number: 'month',
  iso_week_number: 'week',
  day_of_year: 'doy',
  day_of_month: 'day',
  day_of_week: 'dow',
  hour_number: 'hour',
  minute_number: 'minute',
  second_number: 'second',
}

const JSON_CASTS: Partial<Record<ColumnType, string>> = {
  integer: 'double precision',
  bigint: 'double precision',
  float: 'double precision',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamp',
}

const local = (expr: Sql, type: 'date' | 'datetime', zone: string): Sql =>
  type === 'date' || zone === 'UTC' ? expr : sql`(${expr} AT TIME ZONE 'UTC' AT TIME ZONE ${zone}::text)`

/** PostgreSQL: real dates and jsonb; `comptoir_fold` is created with the schema. */
export const postgres: Dialect = {
  name: 'postgres',
  concurrentWriters: true,
  altersConstraints: true,
  placeholders: (text) => {
    let n = 0
    return text.replace(/\?/g, () => `$${++n}`)
  },
  anyOf: (expr, values) =>
    values.length === 1 ? sql`${expr} = ${values[0]}` : sql`${expr} = ANY(${values}::${raw(arrayType(values))})`,
  idsTable: (ids) => sql`(SELECT unnest(${ids}::integer[]) AS id) AS ids`,
  rowsTable: (columns, rows) => {
    const types = columns.map(({ name, type }) => sql`${ident(name)} ${raw(JSON_ROW_TYPES[type])}`)
    const cells = columns.map(({ name, type }) =>
      type === 'json' ? sql`${ident(name)}::jsonb AS ${ident(name)}` : ident(name),
    )
    const objects = rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null])))
    return sql`(SELECT ${join(cells, ', ')} FROM json_to_recordset(${JSON.stringify(objects)}::json) AS r(${join(types, ', ')})) AS v`
  },
  fold: (expr) => sql`comptoir_fold(${expr})`,
  like: (expr, pattern) => sql`${expr} LIKE ${pattern}`,
  ilike: (expr, pattern) => sql`comptoir_fold(${expr}) LIKE ${fold(pattern)}`,
  jsonText: (expr, key) => sql`(${expr} ->> ${key}::text)`,
  jsonValue: (expr, key, type) => {
    const cast = JSON_CASTS[type]
    return cast ? sql`(${expr} ->> ${key}::text)::${raw(cast)}` : sql`(${expr} ->> ${key}::text)`
  },
  datePart: (expr, part, type, zone) =>
    sql`floor(date_part(${raw(`'${PARTS[part]}'`)}, ${local(expr, type, zone)}))::integer`,
  dateTrunc: (expr, to, type, zone, weekStart) => truncated(local(expr, type, zone), to, weekStart),
  orderTerm: (expr, { descending, nullable, nulls }: OrderOptions) => {
    const direction = raw(descending ? ' DESC' : '')
    const place = nullable && nulls ? raw(nulls === 'first' ? ' NULLS FIRST' : ' NULLS LAST') : raw('')
    return sql`${expr}${direction}${place}`
  },
  arrayAgg: (expr) => sql`COALESCE(json_agg(${expr})::text, '[]')`,
  tableNamed: (name) =>
    sql`SELECT 1 AS found FROM pg_tables WHERE schemaname = current_schema() AND tablename = ${name}`,
  columnType: (type) => COLUMN_TYPES[type],
  // not FOR UPDATE, which would hold up whoever inserts a row that refers to one of these
  lockUnlocked: raw('FOR NO KEY UPDATE SKIP LOCKED'),
  nextIds: (table, count) =>
    sql`SELECT nextval(pg_get_serial_sequence(${ident(table).text}, 'id'))::integer AS id FROM generate_series(1, ${count}::integer)`,
}

const LARGEST_INTEGER = 2 ** 31 - 1

/** The narrowest type that holds the values: an index on an integer column serves integers only. */
function arrayType(values: readonly (number | string)[]): string {
  if (typeof values[0] === 'string') return 'text[]'
  return values.every((value) => Number.isInteger(value) && Math.abs(value as number) <= LARGEST_INTEGER)
    ? 'integer[]'
    : 'double precision[]'
}

function truncated(at: Sql, to: Granularity, weekStart: number): Sql {
  if (to === 'hour') return sql`to_char(date_trunc('hour', ${at}), 'YYYY-MM-DD HH24:MI:SS')`
  if (to !== 'week') return sql`to_char(date_trunc(${raw(`'${to}'`)}, ${at}), 'YYYY-MM-DD')`
  // date_trunc starts weeks on Monday; shift there and back for other first days
  const shift = raw(String((8 - weekStart) % 7))
  return sql`to_char(date_trunc('week', ${at} + interval '1 day' * ${shift}) - interval '1 day' * ${shift}, 'YYYY-MM-DD')`
}
