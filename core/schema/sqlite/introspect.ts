import type { Connection, Row } from '../../sql/connection.ts'
import { raw } from '../../sql/fragment.ts'
import { closingParenthesis, oneLine } from '../ddl.ts'
import { groupBy } from '../../tools/iter.ts'
import { isNameOf } from '../names.ts'
import type { Column, Constraint, DeleteRule, Index, Reference, Schema, Table, View } from '../types.ts'

interface Item extends Row {
  readonly type: 'table' | 'index' | 'view' | 'trigger'
  readonly name: string
  readonly table: string
  readonly sql: string | null
}
interface ColumnRow extends Row {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly required: number
  readonly default: string | null
  /** Place in the primary key, 0 for none. */
  readonly key: number
}
interface ReferenceRow extends Row {
  readonly table: string
  readonly column: string
  readonly target: string
  readonly rule: string
}

const ITEMS = raw(`
  SELECT type, name, tbl_name AS "table", sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite@_%' ESCAPE '@' ORDER BY name`)
const COLUMNS = raw(`
  SELECT t.name AS "table", c.name, lower(c.type) AS type, c."notnull" AS required, c.dflt_value AS "default", c.pk AS key
  FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'`)
const REFERENCES = raw(`
  SELECT t.name AS "table", r."from" AS "column", r."table" AS target, lower(r.on_delete) AS rule
  FROM sqlite_schema t, pragma_foreign_key_list(t.name) r WHERE t.type = 'table'`)

/** The schema of a SQLite database: the texts that made its tables are kept there, so definitions come back as written. */
export async function introspectSqlite(connection: Connection): Promise<Schema> {
  const items = await connection.rows<Item>(ITEMS)
  const columnsOf = groupBy(await connection.rows<ColumnRow>(COLUMNS), ({ table }) => table)
  const referencesOf = groupBy(await connection.rows<ReferenceRow>(REFERENCES), ({ table }) => table)
  const indexesOf = groupBy(
    items.filter(({ type, sql }) => type === 'index' && sql !== null),
    ({ table }) => table,
  )
  const tables = new Map<string, Table>()
  const views = new Map<string, View>()
  for (const { type, name, sql } of items) {
    if (type === 'view') views.set(name, { name, sql: bodyOf(sql) })
    if (type !== 'table') continue
    const columns = columnsOf.get(name) ?? []
    tables.set(name, {
      name,
      columns: columnMap(columns, referencesOf.get(name) ?? []),
      primaryKey: columns
        .filter(({ key }) => key > 0)
        .sort((a, b) => a.key - b.key)
        .map((column) => column.name),
      constraints: checksOf(name, sql ?? ''),
      indexes: new Map((indexesOf.get(name) ?? []).map((item) => [item.name, indexOf(item)])),
    })
  }
  return { dialect: 'sqlite', complete: true, tables, views, functions: new Map(), extensions: new Map() }
}

function columnMap(rows: readonly ColumnRow[], references: readonly ReferenceRow[]): Map<string, Column> {
  const referenceOf = new Map<string, Reference>()
  for (const { column, target, rule } of references) {
    referenceOf.set(column, { name: '', table: target, onDelete: rule as DeleteRule })
  }
  const columns = rows.map(({ name, type, required, key, default: value }): [string, Column] => [
    name,
    {
      name,
      type,
      notNull: required === 1 || key > 0,
      references: referenceOf.get(name) ?? null,
      fill: null,
      default: value,
    },
  ])
  return new Map(columns)
}

/** The check constraints in the text of CREATE TABLE that have a name. */
function checksOf(table: string, sql: string): Map<string, Constraint> {
  const checks = new Map<string, Constraint>()
  for (const match of sql.matchAll(/CONSTRAINT\s+("(?:[^"]|"")+"|\w+)\s+CHECK\s*\(/gi)) {
    const open = match.index + match[0].length - 1
    const name = unquoted(match[1] ?? '')
    const definition = oneLine(sql.slice(open, closingParenthesis(sql, open) + 1))
    checks.set(name, { name, kind: 'check', definition, ours: isNameOf(table, name) })
  }
  return checks
}

function indexOf({ name, table, sql }: Item): Index {
  const [, unique, definition = ''] =
    /^CREATE\s+(UNIQUE\s+)?INDEX\s.*?\sON\s+(?:"(?:[^"]|"")+"|\w+)\s*(\(.*)$/is.exec(sql ?? '') ?? []
  return {
    name,
    unique: unique !== undefined,
    definition: oneLine(definition),
    needs: null,
    ours: isNameOf(table, name),
  }
}

function bodyOf(sql: string | null): string {
  return sql?.replace(/^CREATE\s+VIEW\s+(?:"(?:[^"]|"")+"|\w+)\s+AS\s+/i, '') ?? ''
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name
}
