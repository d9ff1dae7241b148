import { FIELD_UNKNOWN } from '../../fields/errors.ts'
import type { FieldInfo } from '../../fields/info.ts'
import type { Env } from '../env.ts'
import type { ModelInfo } from '../model-info.ts'
import { hint } from '../setup/checks.ts'
import { COLUMN_AMBIGUOUS, COLUMN_INDIRECT, COLUMN_REPEATED } from './errors.ts'
import { type ReadText, textReader } from './import-values.ts'
import { DBID, splitColumn, XMLID } from './paths.ts'

/** How a cell names a record: by what it is called, by its external id, or by its database id. */
export type RefKind = 'name' | 'xmlid' | 'dbid'

/** A column that holds a value of the record. */
export interface ValueColumn {
  readonly index: number
  readonly field: FieldInfo
  readonly read: ReadText
}

/** The columns that describe records of one model, in a tree along the relations. All numbers are places in a row. */
export interface ImportNode {
  readonly info: ModelInfo
  /** The columns' names down to here. */
  readonly path: readonly string[]
  readonly refs: Map<RefKind, number>
  readonly values: ValueColumn[]
  readonly relations: Map<string, ImportRelation>
  /** All columns; those of the records themselves; those of their lines. */
  readonly all: number[]
  readonly own: number[]
  readonly lines: number[]
}

export interface ImportRelation {
  readonly field: FieldInfo
  readonly node: ImportNode
}

const newNode = (info: ModelInfo, path: readonly string[]): ImportNode => ({
  info,
  path,
  refs: new Map(),
  values: [],
  relations: new Map(),
  all: [],
  own: [],
  lines: [],
})

/**
 * Reads the header of a file.
 * @throws FIELD_UNKNOWN, COLUMN_REPEATED, COLUMN_INDIRECT, COLUMN_AMBIGUOUS
 */
export async function planImport(env: Env, model: string, columns: readonly string[]): Promise<ImportNode> {
  const root = newNode(env.registry.get(model), [])
  const seen = new Set<string>()
  for (const [index, column] of columns.entries()) {
    const segments = splitColumn(column)
    const key = segments.join('/')
    if (seen.has(key)) throw new COLUMN_REPEATED(column).with({ column })
    seen.add(key)
    await place(env, root, segments, index, column)
  }
  checkRelations(root)
  return root
}

async function place(
  env: Env,
  root: ImportNode,
  segments: readonly string[],
  index: number,
  column: string,
): Promise<void> {
  let node = root
  for (const [depth, name] of segments.entries()) {
    const last = depth === segments.length - 1
    node.all.push(index)
    const field = node.info.fields.get(name)
    ;(field?.type === 'one2many' ? node.lines : node.own).push(index)
    if (last && name === XMLID) node.refs.set('xmlid', index)
    else if (last && name === DBID) node.refs.set('dbid', index)
    else {
      if (!field || (!last && !field.comodel)) {
        throw new FIELD_UNKNOWN(node.info.name, segments.slice(depth).join('/')).with({
          model: node.info.name,
          field: name,
          column,
          hint: hint(name, node.info.fields.keys()),
        })
      }
      if (!field.comodel) node.values.push({ index, field, read: await textReader(env, field) })
      else {
        node = childOf(env, node, field)
        if (last) {
          node.all.push(index)
          node.own.push(index)
          node.refs.set('name', index)
        }
      }
    }
  }
}

function childOf(env: Env, parent: ImportNode, field: FieldInfo): ImportNode {
  let relation = parent.relations.get(field.name)
  if (!relation) {
    relation = { field, node: newNode(env.registry.get(field.comodel as string), [...parent.path, field.name]) }
    parent.relations.set(field.name, relation)
  }
  return relation.node
}

/** Only lines are imported with their owner; other related records are named, in one way. */
function checkRelations(node: ImportNode): void {
  for (const { field, node: related } of node.relations.values()) {
    const path = related.path.join('/')
    if (field.type !== 'one2many') {
      const name = related.values[0]?.field.name ?? [...related.relations.keys()][0]
      if (name !== undefined) throw new COLUMN_INDIRECT(`${path}/${name}`, path).with({ field: path })
    }
    if (related.refs.size > 1) throw new COLUMN_AMBIGUOUS(path).with({ field: path })
    checkRelations(related)
  }
}

/** Whether the lines of a one2many are only named, so that one cell may name several. */
export function onlyNamed({ field, node }: ImportRelation): boolean {
  return field.type !== 'one2many' || (node.values.length === 0 && node.relations.size === 0)
}
