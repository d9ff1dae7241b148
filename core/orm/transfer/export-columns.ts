import { FIELD_UNKNOWN } from '../../fields/errors.ts'
import type { FieldInfo } from '../../fields/info.ts'
import type { Env } from '../env.ts'
import type { ModelInfo } from '../model-info.ts'
import type { Datum } from '../statements.ts'
import { hint } from '../setup/checks.ts'
import { isMany } from '../values.ts'
import { checkAsked } from '../../security/access.ts'
import { type Cell, Joined, Reference, valueCell } from './export-cells.ts'
import { DBID, splitColumn, XMLID } from './paths.ts'

/** The columns that show records of one model, in a tree along the relations. */
export interface ExportNode {
  readonly info: ModelInfo
  /** By the place of the column in a row. */
  readonly cells: Map<number, Cell>
  /** By the name of the relation. */
  readonly relations: Map<string, ExportRelation>
}

interface ExportRelation {
  readonly field: FieldInfo
  readonly node: ExportNode
  /** Whether all records stand in one cell, as an import reads them, instead of one row each. */
  readonly joined: boolean
}

/** What is exported: the columns, and the paths that have to be read for them. */
export interface ExportPlan {
  readonly root: ExportNode
  readonly width: number
  readonly paths: readonly string[]
}

const newNode = (info: ModelInfo): ExportNode => ({ info, cells: new Map(), relations: new Map() })

/**
 * Reads the columns; `compatible` puts the records of a many2many into one cell.
 * @throws FIELD_UNKNOWN, ACCESS_FIELD
 */
export async function planExport(
  env: Env,
  model: string,
  columns: readonly string[],
  compatible: boolean,
): Promise<ExportPlan> {
  const root = newNode(env.registry.get(model))
  const paths = new Set<string>(['id'])
  for (const [index, column] of columns.entries()) {
    let node = root
    let prefix = ''
    let inOneCell = false
    const segments = splitColumn(column)
    for (const [depth, name] of segments.entries()) {
      const last = depth === segments.length - 1
      const { info } = node
      if (last && name === DBID) node.cells.set(index, (record) => String(record.id))
      else if (last && name === XMLID) node.cells.set(index, (record) => new Reference('xmlid', info.name, record.id))
      else if (last && depth > 0 && namesRecord(name, inOneCell)) node.cells.set(index, nameCell(info))
      else {
        const field = fieldOf(info, name, column)
        checkAsked(env, [field])
        if (last || field.comodel) paths.add(`${prefix}${name}`)
        if (!field.comodel) {
          if (!last) throw new FIELD_UNKNOWN(info.name, segments.slice(depth).join('/')).with({ column })
          node.cells.set(index, await valueCell(env, field))
          continue
        }
        inOneCell = compatible && field.type === 'many2many'
        node = relationOf(env, node, field, inOneCell)
        prefix += `${name}.`
        if (last) node.cells.set(index, nameCell(node.info))
      }
    }
  }
  return { root, width: columns.length, paths: [...paths] }
}

/** In one cell an import looks records up by how they are shown, whatever the column asks for. */
function namesRecord(name: string, inOneCell: boolean): boolean {
  return name === 'display_name' || (inOneCell && name === 'name')
}

const nameCell =
  (info: ModelInfo): Cell =>
  (record) =>
    new Reference('name', info.name, record.id)

function fieldOf(info: ModelInfo, name: string, column: string): FieldInfo {
  const field = info.fields.get(name)
  if (!field)
    throw new FIELD_UNKNOWN(info.name, name).with({
      model: info.name,
      field: name,
      column,
      hint: hint(name, info.fields.keys()),
    })
  return field
}

function relationOf(env: Env, node: ExportNode, field: FieldInfo, joined: boolean): ExportNode {
  let relation = node.relations.get(field.name)
  if (!relation) {
    relation = { field, node: newNode(env.registry.get(field.comodel as string)), joined }
    node.relations.set(field.name, relation)
  }
  return relation.node
}

/** The rows of one record: its own, and one for each further line of its relations. */
export function rowsOf(plan: ExportPlan, record: Datum): unknown[][] {
  const row = blank(plan)
  return [row, ...fill(plan, plan.root, record, row)]
}

const blank = ({ width }: ExportPlan): unknown[] => Array.from({ length: width }, () => '')

/** Writes a record into a row; what does not fit into it comes back as rows of their own. */
function fill(plan: ExportPlan, node: ExportNode, record: Datum, row: unknown[]): unknown[][] {
  const more: unknown[][] = []
  for (const [index, cell] of node.cells) row[index] = cell(record)
  for (const relation of node.relations.values()) {
    const records = recordsOf(relation.field, record)
    if (relation.joined) join(plan, relation.node, records, row)
    else {
      for (const [i, one] of records.entries()) {
        const own = i === 0 ? row : blank(plan)
        const rest = fill(plan, relation.node, one, own)
        more.push(...(i === 0 ? rest : [own, ...rest]))
      }
    }
  }
  return more
}

function recordsOf(field: FieldInfo, record: Datum): readonly Datum[] {
  const value = record[field.name]
  if (isMany(field)) return value as readonly Datum[]
  return value === null || value === undefined ? [] : [value as Datum]
}

function join(plan: ExportPlan, node: ExportNode, records: readonly Datum[], row: unknown[]): void {
  const parts = records.map((record) => {
    const own = blank(plan)
    fill(plan, node, record, own)
    return own
  })
  for (const index of columnsOf(node)) row[index] = parts.length === 0 ? '' : new Joined(parts.map((own) => own[index]))
}

function columnsOf(node: ExportNode): number[] {
  return [...node.cells.keys(), ...[...node.relations.values()].flatMap((relation) => columnsOf(relation.node))]
}
