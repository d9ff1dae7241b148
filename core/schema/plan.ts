import { CHANGES_TABLE } from '../sql/changes.ts'
import { type Writer, step } from './change.ts'
import { quote } from './ddl.ts'
import { type DiffOptions, diffTable, type Dropped } from './diff.ts'
import { createFold, FOLD_NAME } from './postgres/fold.ts'
import { postgresWriter } from './postgres/write.ts'
import { renames } from './rename.ts'
import { sqliteWriter } from './sqlite/write.ts'
import type { Index, Plan, Schema, Step, Table, View } from './types.ts'

/** How the database is told to change. */
export const writerOf = (dialect: Schema['dialect']): Writer => WRITERS[dialect]

const WRITERS: Readonly<Record<Schema['dialect'], Writer>> = { sqlite: sqliteWriter, postgres: postgresWriter }

/**
 * The steps from the schema that is there to the one that is wanted. Looks at no rows. What was renamed keeps its
 * rows. What is no longer declared is listed and left alone, or dropped with `drop`. A wanted schema that is not complete touches nothing beside its own.
 * @throws SCHEMA_TYPE_CHANGE
 */
export function planSchema(desired: Schema, there: Schema, options: DiffOptions = {}): Plan {
  const writer = WRITERS[desired.dialect]
  const { actual, steps: renamed } = renames(desired, there, writer)
  const tables = [...desired.tables.values()].map((table) => ({ ...table, indexes: indexesFor(table, actual) }))
  const created = createTables(tables, actual, writer, options)
  const diffs = tables.flatMap((table) => {
    const from = actual.tables.get(table.name)
    return from ? [diffTable(table, from, writer, options)] : []
  })
  const altered = diffs.flatMap((diff) => writer.alterTable(diff))
  const undeclared = undeclaredNames(desired, actual)
  const gone = chosen(undeclared, options)
  const dropped = dropTables(gone.tables, actual, writer)
  const columnsChange = diffs.some(({ changes }) =>
    changes.some(({ kind }) => kind === 'change type' || kind === 'drop column'),
  )
  const views = replaceViews(desired, actual, writer, columnsChange, gone.views)
  const steps = [
    ...renamed,
    ...prepare(desired, tables, actual),
    ...views.drop,
    ...created.tables,
    ...altered,
    ...created.references,
    ...dropped,
    ...views.create,
  ]
  const stays = (going: readonly string[]) => (name: string) => !going.includes(name)
  const kept = [
    ...undeclared.tables.filter(stays(gone.tables)).map((name) => `table ${name}`),
    ...undeclared.views.filter(stays(gone.views)).map((name) => `view ${name}`),
  ]
  return { steps, leftAlone: [...kept, ...diffs.flatMap(({ leftAlone }) => leftAlone)] }
}

/** The indexes of a table as this database can have them. */
function indexesFor(table: Table, { extensions }: Schema): ReadonlyMap<string, Index> {
  const indexes = [...table.indexes.values()].map((index) =>
    index.needs && !extensions.has(index.needs.extension)
      ? { ...index, definition: index.needs.otherwise, needs: null }
      : index,
  )
  return new Map(indexes.map((index) => [index.name, index]))
}

/** Extensions and functions that tables need. */
function prepare(desired: Schema, tables: readonly Table[], actual: Schema): Step[] {
  const needed = new Set(tables.flatMap(({ indexes }) => [...indexes.values()].map(({ needs }) => needs?.extension)))
  const steps: Step[] = []
  for (const [name, state] of actual.extensions) {
    if (state === 'available' && needed.has(name)) {
      steps.push(step(`install extension ${name}`, [`CREATE EXTENSION IF NOT EXISTS ${quote(name)}`]))
    }
  }
  if (desired.functions.get(FOLD_NAME) !== actual.functions.get(FOLD_NAME)) {
    const indexes = [...actual.tables.values()].flatMap((table) => [...table.indexes.values()])
    steps.push(step(`create function ${FOLD_NAME}`, createFold(indexes)))
  }
  return steps
}

/** Tables that are missing, those first that others refer to; where that is impossible, the references follow. */
function createTables(
  tables: readonly Table[],
  actual: Schema,
  writer: Writer,
  options: DiffOptions,
): { tables: Step[]; references: Step[] } {
  const steps: Step[] = []
  const references: Step[] = []
  const known = new Set(actual.tables.keys())
  for (const table of referredFirst(tables.filter(({ name }) => !known.has(name)))) {
    known.add(table.name)
    const late = [...table.columns.values()].filter(
      (column) => !writer.refersForward && column.references && !known.has(column.references.table),
    )
    const columns = new Map(table.columns)
    for (const column of late) columns.set(column.name, { ...column, references: null })
    const now = { ...table, columns }
    steps.push(step(`create table ${table.name}`, writer.createTable(now)))
    if (late.length > 0) references.push(...writer.alterTable(diffTable(table, now, writer, options)))
  }
  return { tables: steps, references }
}

/** The tables in an order where most come after those they refer to; a cycle is cut where it is met. */
function referredFirst(tables: readonly Table[]): Table[] {
  const byName = new Map(tables.map((table) => [table.name, table]))
  const seen = new Set<Table>()
  const sorted: Table[] = []
  const visit = (table: Table): void => {
    if (seen.has(table)) return
    seen.add(table)
    for (const { references } of table.columns.values()) {
      const next = references && byName.get(references.table)
      if (next) visit(next)
    }
    sorted.push(table)
  }
  for (const table of tables) visit(table)
  return sorted
}

function undeclaredNames(desired: Schema, actual: Schema): { tables: string[]; views: string[] } {
  if (!desired.complete) return { tables: [], views: [] }
  return {
    tables: [...actual.tables.keys()].filter((name) => name !== CHANGES_TABLE && !desired.tables.has(name)),
    views: [...actual.views.keys()].filter((name) => !desired.views.has(name)),
  }
}

/** Of what nobody declares, that which is to be dropped. */
function chosen(
  { tables, views }: { tables: string[]; views: string[] },
  { drop = false }: DiffOptions,
): { tables: string[]; views: string[] } {
  if (typeof drop === 'boolean') return drop ? { tables, views } : { tables: [], views: [] }
  return only(tables, views, drop)
}

const only = (tables: string[], views: string[], drop: Dropped): { tables: string[]; views: string[] } => ({
  tables: tables.filter((name) => drop.tables.has(name)),
  views: views.filter((name) => drop.views.has(name)),
})

function dropTables(names: readonly string[], actual: Schema, writer: Writer): Step[] {
  if (names.length === 0) return []
  const gone = new Set(names)
  const verify = [...actual.tables.values()].filter(
    ({ name, columns }) =>
      !gone.has(name) && [...columns.values()].some(({ references }) => references && gone.has(references.table)),
  )
  // those that refer to others go first
  const inOrder = referredFirst(names.flatMap((name) => actual.tables.get(name) ?? [])).reverse()
  const sql = writer.dropTables(inOrder.map(({ name }) => name))
  return [step(`drop table ${names.join(', ')}`, sql, { destructive: true, verify: verify.map(({ name }) => name) })]
}

/**
 * Views are replaced all together when one of them differs or columns change under them: they may build on each
 * other, and making them costs nothing.
 */
function replaceViews(
  desired: Schema,
  actual: Schema,
  writer: Writer,
  columnsChange: boolean,
  dropped: readonly string[],
): { drop: Step[]; create: Step[] } {
  const wanted = [...desired.views.values()]
  const differ = wanted.some(({ name, sql }) => actual.views.get(name)?.sql !== sql)
  const stale = differ || (columnsChange && wanted.length > 0) ? builtOnFirst(wanted) : []
  const there = stale.filter(({ name }) => actual.views.has(name)).reverse()
  return {
    drop: [
      ...dropped.map((name) => step(`drop view ${name}`, [writer.dropView(name)], { destructive: true })),
      ...there.map(({ name }) => step(`drop view ${name} to replace it`, [writer.dropView(name)])),
    ],
    create: stale.map((view) => step(`create view ${view.name}`, writer.createView(view))),
  }
}

/** The views in an order where each comes after those that its query names. */
function builtOnFirst(views: readonly View[]): View[] {
  const seen = new Set<View>()
  const sorted: View[] = []
  const visit = (view: View): void => {
    if (seen.has(view)) return
    seen.add(view)
    const words = new Set(view.sql.split(/\W+/))
    for (const other of views) if (words.has(other.name)) visit(other)
    sorted.push(view)
  }
  for (const view of views) visit(view)
  return sorted
}
