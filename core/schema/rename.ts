import { step, type Writer } from './change.ts'
import { renameColumn } from './ddl.ts'
import type { Column, Reference, Schema, Step, Table } from './types.ts'

/** The steps that give tables and columns their new names, and the schema as it is after them. */
export interface Renames {
  readonly steps: readonly Step[]
  readonly actual: Schema
}

/**
 * What has another name now, where the models say how it was called before (`renamedFrom`): a table or column that is
 * missing takes the place of the first of its former names that is there and that nobody else wants.
 */
export function renames(desired: Schema, actual: Schema, writer: Writer): Renames {
  const steps: Step[] = []
  let tables = new Map(actual.tables)
  for (const { name, renamedFrom = [] } of desired.tables.values()) {
    const old = tables.has(name) ? undefined : renamedFrom.find((one) => tables.has(one) && !desired.tables.has(one))
    if (old === undefined) continue
    tables = withTableName(tables, old, name)
    // every row stays, but SQLite can do it only where foreign keys are off
    steps.push(step(`rename table ${old} to ${name}`, writer.renameTable(old, name), { verify: [name] }))
  }
  for (const wanted of desired.tables.values()) {
    const table = tables.get(wanted.name)
    if (!table) continue
    const columns = new Map(table.columns)
    for (const [old, name] of renamedColumns(wanted, table)) {
      columns.set(name, { ...(columns.get(old) as Column), name }) // renamedColumns gives columns of the table
      columns.delete(old)
      steps.push(step(`rename column ${wanted.name}.${old} to ${name}`, [renameColumn(wanted.name, old, name)]))
    }
    const primaryKey = table.primaryKey.map((old) => renamedColumns(wanted, table).get(old) ?? old)
    tables.set(wanted.name, { ...table, columns, primaryKey })
  }
  return { steps, actual: steps.length === 0 ? actual : { ...actual, tables } }
}

/** Old name -> new name. */
function renamedColumns(wanted: Table, table: Table): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { name, renamedFrom = [] } of wanted.columns.values()) {
    if (table.columns.has(name)) continue
    const isFree = (one: string): boolean => table.columns.has(one) && !wanted.columns.has(one) && !found.has(one)
    const old = renamedFrom.find(isFree)
    if (old !== undefined) found.set(old, name)
  }
  return found
}

/** The tables with one of them called differently, here and where others refer to it. */
function withTableName(tables: ReadonlyMap<string, Table>, from: string, to: string): Map<string, Table> {
  const referring = (references: Reference | null): Reference | null =>
    references?.table === from ? { ...references, table: to } : references
  return new Map(
    [...tables.values()].map((table) => {
      const columns = [...table.columns.values()].map((column): [string, Column] => [
        column.name,
        { ...column, references: referring(column.references) },
      ])
      const name = table.name === from ? to : table.name
      return [name, { ...table, name, columns: new Map(columns) }]
    }),
  )
}
