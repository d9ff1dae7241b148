import type { Change, TableChange, Writer } from './change.ts'
import { SCHEMA_TYPE_CHANGE } from './errors.ts'
import { foreignKeyName } from './names.ts'
import type { Column, Constraint, Index, Reference, Table } from './types.ts'

/** Things that are to be dropped when no model declares them; everything else stays. */
export interface Dropped {
  readonly tables: ReadonlySet<string>
  readonly views: ReadonlySet<string>
  /** `table.column` */
  readonly columns: ReadonlySet<string>
}

export interface DiffOptions {
  /** Whether what is no longer declared is dropped: all of it, or what is named. */
  readonly drop?: boolean | Dropped
  /** Whether required columns that are added or have no value to fill in stay optional for now. */
  readonly postponeRequired?: boolean
}

/** What a table needs to become the wanted one, in an order in which it can be done. */
export interface TableDiff extends TableChange {
  /** Columns, constraints and indexes that nobody declares and that stay. */
  readonly leftAlone: readonly string[]
}

/**
 * Compares a table with the wanted one.
 * @throws SCHEMA_TYPE_CHANGE
 */
export function diffTable(wanted: Table, from: Table, writer: Writer, options: DiffOptions): TableDiff {
  const changes: Change[] = []
  const leftAlone: string[] = []
  const columns = new Map<string, Column>()
  for (const column of wanted.columns.values()) {
    const reached = addressed(column, from.columns.get(column.name), options)
    columns.set(column.name, reached)
    changes.push(...columnChanges(reached, from, writer))
  }
  for (const column of from.columns.values()) {
    if (wanted.columns.has(column.name)) continue
    if (dropsColumn(options, from.name, column.name)) {
      changes.push({ kind: 'drop column', column })
      continue
    }
    const optional = { ...column, notNull: column.notNull && column.default !== null }
    // nobody gives it values any more
    if (optional.notNull !== column.notNull) changes.push({ kind: 'drop required', column: optional })
    columns.set(column.name, optional)
    leftAlone.push(`column ${from.name}.${column.name}`)
  }
  const constraints = diffNamed(wanted.constraints, from.constraints)
  const indexes = diffNamed(wanted.indexes, from.indexes)
  for (const constraint of constraints.drop) changes.push({ kind: 'drop constraint', constraint })
  for (const constraint of constraints.add) changes.push({ kind: 'add constraint', constraint })
  for (const index of indexes.drop) changes.push({ kind: 'drop index', index })
  for (const index of indexes.add) changes.push({ kind: 'add index', index })
  for (const { name } of constraints.kept) leftAlone.push(`constraint ${name} of ${from.name}`)
  for (const { name } of indexes.kept) leftAlone.push(`index ${name} of ${from.name}`)
  const to: Table = { ...wanted, columns, constraints: constraints.all, indexes: indexes.all }
  return { from, to, changes: changes.sort((a, b) => STAGES.indexOf(a.kind) - STAGES.indexOf(b.kind)), leftAlone }
}

function dropsColumn({ drop = false }: DiffOptions, table: string, column: string): boolean {
  return typeof drop === 'boolean' ? drop : drop.columns.has(`${table}.${column}`)
}

/** What stands in the way goes first; what needs the columns to be ready comes last. */
const STAGES: readonly Change['kind'][] = [
  'drop index',
  'drop constraint',
  'drop reference',
  'drop required',
  'change type',
  'add column',
  'set required',
  'drop column',
  'add constraint',
  'add reference',
  'add index',
]

/** The column that this plan aims at: with `postponeRequired`, it may still be optional where rows could have gaps. */
function addressed(column: Column, old: Column | undefined, { postponeRequired }: DiffOptions): Column {
  return postponeRequired && column.notNull && !old?.notNull ? { ...column, notNull: false } : column
}

function columnChanges(column: Column, from: Table, writer: Writer): Change[] {
  const old = from.columns.get(column.name)
  if (!old) return [{ kind: 'add column', column }]
  const changes: Change[] = []
  if (old.type !== column.type) {
    const using = writer.conversion(column.name, old.type, column.type)
    if (using === null) {
      const names = { table: from.name, column: column.name }
      throw new SCHEMA_TYPE_CHANGE(from.name, column.name, old.type, column.type).with(names)
    }
    changes.push({ kind: 'change type', column, from: old.type, using })
  }
  if (old.notNull !== column.notNull) changes.push({ kind: column.notNull ? 'set required' : 'drop required', column })
  if (sameReference(old.references, column.references)) return changes
  if (old.references && isReplaceable(from.name, old, column)) {
    changes.push({ kind: 'drop reference', column, name: old.references.name })
  }
  if (column.references) changes.push({ kind: 'add reference', column })
  return changes
}

function sameReference(a: Reference | null, b: Reference | null): boolean {
  return a?.table === b?.table && a?.onDelete === b?.onDelete
}

/** A foreign key that was made by hand stays unless another takes its place; SQLite does not name them. */
function isReplaceable(table: string, old: Column, column: Column): boolean {
  const name = old.references?.name
  return column.references !== null || name === '' || name === foreignKeyName(table, column.name)
}

interface Named<T> {
  readonly add: readonly T[]
  readonly drop: readonly T[]
  /** Made by hand, and not in the way. */
  readonly kept: readonly T[]
  /** What there is in the end. */
  readonly all: ReadonlyMap<string, T>
}

function diffNamed<T extends Constraint | Index>(
  wanted: ReadonlyMap<string, T>,
  from: ReadonlyMap<string, T>,
): Named<T> {
  const kept = [...from.values()].filter(({ name, ours }) => !ours && !wanted.has(name))
  return {
    add: [...wanted.values()].filter((one) => !sameDefinition(one, from.get(one.name))),
    drop: [...from.values()].filter((one) => !kept.includes(one) && !sameDefinition(one, wanted.get(one.name))),
    kept,
    all: new Map([...wanted.values(), ...kept].map((one) => [one.name, one])),
  }
}

function sameDefinition<T extends Constraint | Index>(a: T, b: T | undefined): boolean {
  return b !== undefined && a.definition === b.definition && isUnique(a) === isUnique(b) && a.ours === b.ours
}

function isUnique(one: Constraint | Index): boolean {
  return 'unique' in one ? one.unique : one.kind === 'unique'
}
