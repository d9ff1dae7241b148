import type { Connection, Row } from '../../sql/connection.ts'
import { raw } from '../../sql/fragment.ts'
import { groupBy } from '../../tools/iter.ts'
import type { Column, Constraint, DeleteRule, Index, Reference, Schema, Table } from '../types.ts'
import { MARK } from './write.ts'

interface ColumnRow extends Row {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly default: string | null
}
interface ConstraintRow extends Row {
  readonly table: string
  readonly name: string
  readonly kind: 'p' | 'f' | 'u' | 'c'
  readonly columns: string[]
  readonly target: string | null
  readonly rule: string
  /** As the catalogue tells it; `null` when there is a comment. */
  readonly definition: string | null
  readonly comment: string | null
}
interface IndexRow extends Row {
  readonly table: string
  readonly name: string
  readonly unique: boolean
  /** As the catalogue tells it; `null` when there is a comment. */
  readonly definition: string | null
  readonly comment: string | null
}
interface NamedRow extends Row {
  readonly name: string
  /** As the catalogue tells it; `null` when there is a comment. */
  readonly definition: string | null
  readonly comment: string | null
}

/** SQL that leaves out what extensions bring along. */
const notOfExtension = (catalogue: string, oid: string): string =>
  `NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = '${catalogue}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`
const commentOn = (catalogue: string, oid: string): string =>
  `LEFT JOIN pg_description d ON d.classoid = '${catalogue}'::regclass AND d.objoid = ${oid} AND d.objsubid = 0`
const OURS = `t.relnamespace = current_schema()::regnamespace AND ${notOfExtension('pg_class', 't.oid')}`

const COLUMNS = raw(`
  SELECT t.relname AS "table", a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
    a.attnotnull AS required, pg_get_expr(d.adbin, d.adrelid) AS "default"
  FROM pg_class t
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE t.relkind IN ('r', 'p') AND ${OURS}
  ORDER BY t.relname, a.attnum`)
const CONSTRAINTS = raw(`
  SELECT t.relname AS "table", c.conname AS name, c.contype AS kind, f.relname AS target, c.confdeltype AS rule,
    ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY k (number, place)
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number ORDER BY k.place) AS columns,
    CASE WHEN c.contype IN ('u', 'c') AND d.description IS NULL THEN pg_get_constraintdef(c.oid) END AS definition,
    d.description AS comment
  FROM pg_constraint c
  JOIN pg_class t ON t.oid = c.conrelid
  LEFT JOIN pg_class f ON f.oid = c.confrelid
  ${commentOn('pg_constraint', 'c.oid')}
  WHERE c.contype IN ('p', 'f', 'u', 'c') AND ${OURS}
  ORDER BY t.relname, c.conname`)
const INDEXES = raw(`
  SELECT t.relname AS "table", n.relname AS name, i.indisunique AS unique, d.description AS comment,
    CASE WHEN d.description IS NULL THEN pg_get_indexdef(i.indexrelid) END AS definition
  FROM pg_index i
  JOIN pg_class n ON n.oid = i.indexrelid
  JOIN pg_class t ON t.oid = i.indrelid
  ${commentOn('pg_class', 'n.oid')}
  WHERE t.relkind IN ('r', 'p') AND ${OURS}
    AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
  ORDER BY t.relname, n.relname`)
const VIEWS = raw(`
  SELECT t.relname AS name, CASE WHEN d.description IS NULL THEN pg_get_viewdef(t.oid) END AS definition,
    d.description AS comment
  FROM pg_class t
  ${commentOn('pg_class', 't.oid')}
  WHERE t.relkind = 'v' AND ${OURS} ORDER BY t.relname`)
const FUNCTIONS = raw(`
  SELECT p.proname AS name, NULL AS definition, d.description AS comment
  FROM pg_proc p
  ${commentOn('pg_proc', 'p.oid')}
  WHERE p.pronamespace = current_schema()::regnamespace AND ${notOfExtension('pg_proc', 'p.oid')}`)
const EXTENSIONS = raw(`
  SELECT name, bool_or(installed) AS installed FROM pg_available_extension_versions
  WHERE name = 'pg_trgm' AND (installed OR (trusted OR current_setting('is_superuser') = 'on')
    AND has_database_privilege(current_database(), 'CREATE'))
  GROUP BY name`)

const RULES: Readonly<Record<string, DeleteRule>> = { a: 'no action', r: 'restrict', c: 'cascade', n: 'set null' }

/** The schema of a PostgreSQL database: the tables of the current schema, with the definitions that comments keep. */
export async function introspectPostgres(connection: Connection): Promise<Schema> {
  const columns = await connection.rows<ColumnRow>(COLUMNS)
  const constraints = await connection.rows<ConstraintRow>(CONSTRAINTS)
  const indexes = await connection.rows<IndexRow>(INDEXES)
  const views = await connection.rows<NamedRow>(VIEWS)
  const functions = await connection.rows<NamedRow>(FUNCTIONS)
  const extensions = await connection.rows<{ name: string; installed: boolean }>(EXTENSIONS)
  return {
    dialect: 'postgres',
    complete: true,
    tables: tablesOf(columns, constraints, indexes),
    views: new Map(
      views.map(({ name, ...view }) => [name, { name, sql: written(view.comment, view.definition).definition }]),
    ),
    functions: new Map(functions.map(({ name, comment }) => [name, written(comment, null).definition])),
    extensions: new Map(extensions.map(({ name, installed }) => [name, installed ? 'installed' : 'available'])),
  }
}

/** The definition as models wrote it, if they did; else the catalogue's. */
function written(comment: string | null, definition: string | null): { definition: string; ours: boolean } {
  if (comment?.startsWith(MARK)) return { definition: comment.slice(MARK.length), ours: true }
  return { definition: definition ?? '', ours: false }
}

function tablesOf(
  columns: readonly ColumnRow[],
  constraints: readonly ConstraintRow[],
  indexes: readonly IndexRow[],
): Map<string, Table> {
  const constraintsOf = groupBy(constraints, ({ table }) => table)
  const indexesOf = groupBy(indexes, ({ table }) => table)
  const tables = new Map<string, Table>()
  for (const [name, rows] of groupBy(columns, ({ table }) => table)) {
    const its = constraintsOf.get(name) ?? []
    tables.set(name, {
      name,
      columns: columnsOf(rows, referencesOf(its)),
      primaryKey: its.find(({ kind }) => kind === 'p')?.columns ?? [],
      constraints: byName(its.filter(({ kind }) => kind === 'u' || kind === 'c').map(constraintOf)),
      indexes: byName((indexesOf.get(name) ?? []).map(indexOf)),
    })
  }
  return tables
}

function columnsOf(rows: readonly ColumnRow[], references: ReadonlyMap<string, Reference>): Map<string, Column> {
  const columns = rows.map(({ name, type, required, default: value }) => ({
    name,
    type: type.replace(/ without time zone$/, ''),
    notNull: required,
    references: references.get(name) ?? null,
    fill: null,
    default: value,
  }))
  return byName(columns)
}

/** Column -> what it refers to. Keys of several columns are nothing that a model declares. */
function referencesOf(constraints: readonly ConstraintRow[]): Map<string, Reference> {
  const references = new Map<string, Reference>()
  for (const { kind, name, columns, target, rule } of constraints) {
    const [column, ...more] = columns
    if (kind !== 'f' || target === null || column === undefined || more.length > 0) continue
    references.set(column, { name, table: target, onDelete: RULES[rule] ?? 'no action' })
  }
  return references
}

function constraintOf({ name, kind, comment, definition }: ConstraintRow): Constraint {
  return { name, kind: kind === 'u' ? 'unique' : 'check', ...written(comment, definition) }
}

function indexOf({ name, unique, comment, definition }: IndexRow): Index {
  return { name, unique, needs: null, ...written(comment, definition) }
}

function byName<T extends { readonly name: string }>(things: readonly T[]): Map<string, T> {
  return new Map(things.map((thing) => [thing.name, thing]))
}
