import { type Sql, ident, join, param, raw, sql } from '../fragment.ts'
import type { ColumnType, DatePart, Dialect, Granularity, OrderOptions } from '../dialect.ts'
import { fold } from '../../tools/fold.ts'

const COLUMN_TYPES: Record<ColumnType, string> = {
  id: 'integer PRIMARY KEY AUTOINCREMENT',
  integer: 'integer',
  bigint: 'integer',
  float: 'real',
  boolean: 'boolean',
  text: 'text',
  date: 'date',
  datetime: 'datetime',
  json: 'json text',
}

/** `%Y-%m-%d`-style arguments of strftime for each part; the result is cast to a number. */
const PART_FORMATS: Record<Exclude<DatePart, 'quarter_number'>, string> = {
  year_number: '%Y',
  month_number: '%m',
  iso_week_number: '%V',
  day_of_year: '%j',
  day_of_month: '%d',
  day_of_week: '%w',
  hour_number: '%H',
  minute_number: '%M',
  second_number: '%S',
}

/** GLOB is the one case-sensitive match that SQLite can do by itself, so SQL patterns are rewritten to it. */
export function globPattern(pattern: string): string {
  let out = ''
  for (let i = 0; i < pattern.length; i++) {
    let c = pattern[i] as string
    if (c === '%') {
      out += '*'
      continue
    }
    if (c === '_') {
      out += '?'
      continue
    }
    if (c === '\\' && i + 1 < pattern.length) c = pattern[++i] as string
    out += c === '*' || c === '?' || c === '[' ? `[${c}]` : c
  }
  return out
}

const local = (expr: Sql, type: 'date' | 'datetime', zone: string): Sql =>
  type === 'date' || zone === 'UTC' ? expr : sql`to_zone(${expr}, ${zone})`

/** SQLite: text dates, JSON as text, user functions `fold` and `to_zone` registered on every connection. */
export const sqlite: Dialect = {
  name: 'sqlite',
  concurrentWriters: false,
  altersConstraints: false,
  placeholders: (text) => text,
  anyOf: (expr, values) =>
    values.length === 1
      ? sql`${expr} = ${values[0]}`
      : sql`${expr} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`,
  idsTable: (ids) => sql`(SELECT value AS id FROM json_each(${JSON.stringify(ids)})) AS ids`,
  rowsTable: (columns, rows) => {
    const cells = columns.map(({ name }, i) => sql`value ->> ${raw(`'$[${i}]'`)} AS ${ident(name)}`)
    return sql`(SELECT ${join(cells, ', ')} FROM json_each(${JSON.stringify(rows)})) AS v`
  },
  fold: (expr) => sql`fold(${expr})`,
  like: (expr, pattern) => sql`${expr} GLOB ${globPattern(pattern)}`,
  ilike: (expr, pattern) => sql`fold(${expr}) GLOB ${globPattern(fold(pattern))}`,
  jsonText: (expr, key) => sql`(${expr} ->> ${param(`$."${key}"`)})`,
  jsonValue: (expr, key) => sql`(${expr} ->> ${param(`$."${key}"`)})`,
  datePart: (expr, part, type, zone) => {
    const at = local(expr, type, zone)
    if (part === 'quarter_number') return sql`((CAST(strftime('%m', ${at}) AS integer) + 2) / 3)`
    return sql`CAST(strftime(${raw(`'${PART_FORMATS[part]}'`)}, ${at}) AS integer)`
  },
  dateTrunc: (expr, to, type, zone, weekStart) => truncated(local(expr, type, zone), to, weekStart),
  orderTerm: (expr, { descending, nullable, text, nulls }: OrderOptions) => {
    const direction = raw(descending ? ' DESC' : '')
    const value = text ? sql`${expr} COLLATE NOCASE${direction}` : sql`${expr}${direction}`
    if (!nullable) return value
    const last = nulls ? nulls === 'last' : !descending
    return sql`(${expr} IS NULL)${raw(last ? '' : ' DESC')}, ${value}`
  },
  arrayAgg: (expr) => sql`json_group_array(${expr})`,
  tableNamed: (name) => sql`SELECT 1 AS found FROM sqlite_schema WHERE type = 'table' AND name = ${name}`,
  columnType: (type) => COLUMN_TYPES[type],
  // A transaction that writes is the only one of all processes.
  lockUnlocked: raw(''),
  // One writer at a time: the counter cannot move between this statement and the insert.
  nextIds: (table, count) => sql`
    SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = ${table}), 0) + value AS id
    FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < ${count}) SELECT value FROM n)`,
}

function truncated(at: Sql, to: Granularity, weekStart: number): Sql {
  switch (to) {
    case 'hour':
      return sql`strftime('%Y-%m-%d %H:00:00', ${at})`
    case 'day':
      return sql`date(${at})`
    case 'week':
      // %w counts Sunday as 0; step back to the last day that starts a week
      return sql`date(${at}, '-' || ((CAST(strftime('%w', ${at}) AS integer) + 7 - ${weekStart % 7}) % 7) || ' days')`
    case 'month':
      return sql`date(${at}, 'start of month')`
    case 'quarter':
      return sql`date(${at}, 'start of month', '-' || ((CAST(strftime('%m', ${at}) AS integer) - 1) % 3) || ' months')`
    case 'year':
      return sql`date(${at}, 'start of year')`
  }
}
