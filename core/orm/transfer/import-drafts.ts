import { type ImportNode, onlyNamed, type RefKind } from './import-columns.ts'
import type { RowSpan } from './import-messages.ts'

/** One record as the file describes it. */
export interface Draft {
  readonly node: ImportNode
  readonly rows: RowSpan
  /** The cells of its first row: all values but those of lines. */
  readonly cells: readonly string[]
  /** By the name of the one2many. */
  readonly lines: ReadonlyMap<string, readonly Draft[]>
}

interface Row {
  readonly at: number
  readonly cells: readonly string[]
}

/** The text of a cell: clients may send numbers, booleans and `false` for empty. */
function textOf(cell: unknown): string {
  return cell === null || cell === undefined || cell === false ? '' : String(cell)
}

/** The records of a file. A row without values of its own adds lines to the record above; an empty row adds nothing. */
export function draftsOf(node: ImportNode, data: readonly (readonly unknown[])[]): Draft[] {
  return split(
    node,
    data.map((cells, at) => ({ at, cells: cells.map(textOf) })),
  )
}

function split(node: ImportNode, rows: readonly Row[]): Draft[] {
  const spans: Row[][] = []
  for (const row of rows) {
    const above = spans.at(-1)
    if (node.own.some((index) => row.cells[index])) spans.push([row])
    else if (above) above.push(row)
    else if (node.lines.some((index) => row.cells[index])) spans.push([row])
  }
  return spans.map((span) => draft(node, span))
}

function draft(node: ImportNode, span: readonly Row[]): Draft {
  const [first] = span as [Row]
  const lines = new Map<string, Draft[]>()
  for (const { field, node: related } of node.relations.values()) {
    if (field.type !== 'one2many') continue
    const rows = span.filter(({ cells }) => related.all.some((index) => cells[index]))
    lines.set(field.name, split(related, rows))
  }
  return { node, rows: { from: first.at, to: (span.at(-1) as Row).at }, cells: first.cells, lines }
}

/** A record that a cell names. */
export interface Ref {
  readonly kind: RefKind
  readonly model: string
  readonly text: string
}

/** What a relation of a draft names, in the order of the cell: several with commas between them for x2many fields. */
export function refsOf(draft: Draft, node: ImportNode, many: boolean): Ref[] {
  const [given] = node.refs
  if (!given) return []
  const [kind, index] = given
  const cell = draft.cells[index] ?? ''
  const texts = many ? cell.split(',') : [cell]
  return texts
    .map((text) => text.trim())
    .filter(Boolean)
    .map((text) => ({ kind, model: node.info.name, text }))
}

/** All records that a draft and its lines name. */
export function* allRefs(draft: Draft): Generator<Ref> {
  for (const relation of draft.node.relations.values()) {
    const { field, node } = relation
    if (field.type !== 'one2many') yield* refsOf(draft, node, field.type === 'many2many')
    for (const line of draft.lines.get(field.name) ?? []) {
      yield* refsOf(line, node, onlyNamed(relation))
      yield* allRefs(line)
    }
  }
}

/** The record that a draft itself stands for, where the file says so. */
export function ownRef(draft: Draft, kind: 'xmlid' | 'dbid'): Ref | undefined {
  const index = draft.node.refs.get(kind)
  const text = index === undefined ? '' : (draft.cells[index] ?? '').trim()
  return text === '' ? undefined : { kind, model: draft.node.info.name, text }
}
