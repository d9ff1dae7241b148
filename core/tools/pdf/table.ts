import { type ChildNode, Element } from 'domhandler'
import { lookOf } from './style.ts'

/** A piece of a document as pdfmake takes it: plain data, so that another thread can lay it out. */
export type Content = Readonly<Record<string, unknown>>

/** Reads what stands in an element. */
type Read = (nodes: readonly ChildNode[]) => Content[]

const LAYOUTS = ['table-borderless', 'table-bordered']
const HEAD_FILL = '#eef1f2'

/** A table: the rows of its `<thead>` stand on every page, rows are not torn apart. */
export function tableContent(table: Element, read: Read): Content {
  const classes = (table.attribs['class'] ?? '').split(/\s+/)
  const sections = elementsOf(table)
  const headRows = sections.filter(({ name }) => name === 'thead').flatMap(elementsOf)
  const otherRows = sections.flatMap((section) =>
    section.name === 'tr'
      ? [section]
      : section.name === 'thead' || section.name === 'colgroup'
        ? []
        : elementsOf(section),
  )
  const rows = [...headRows, ...otherRows].filter(({ name }) => name === 'tr')
  if (rows.length === 0) return { text: '' }
  const layout = LAYOUTS.find((name) => classes.includes(name)) ?? 'table'
  const body = filledRows(rows, read, layout === 'table-borderless' ? 0 : headRows.length)
  return {
    table: {
      widths: widthsOf(table, rows, body[0]?.length ?? 0),
      headerRows: headRows.length,
      ...(headRows.length > 0 ? { keepWithHeaderRows: 1 } : {}),
      dontBreakRows: true,
      body,
    },
    layout,
    ...inherited(lookOf(table)),
  }
}

/** Rows of the same number of cells: what `colspan` and `rowspan` cover is there, empty. */
function filledRows(rows: readonly Element[], read: Read, heads: number): Content[][] {
  const body: Content[][] = rows.map(() => [])
  for (const [y, row] of rows.entries()) {
    const line = body[y] as Content[]
    let x = 0
    for (const cell of elementsOf(row)) {
      while (line[x]) x += 1
      const across = Math.max(1, Number(cell.attribs['colspan'] ?? 1) || 1)
      const down = Math.min(rows.length - y, Math.max(1, Number(cell.attribs['rowspan'] ?? 1) || 1))
      for (let dy = 0; dy < down; dy += 1)
        for (let dx = 0; dx < across; dx += 1) (body[y + dy] as Content[])[x + dx] = {}
      const look = { ...lookOf(row), ...lookOf(cell) }
      line[x] = {
        ...(y < heads ? { fillColor: HEAD_FILL } : {}),
        ...look,
        ...(across > 1 ? { colSpan: across } : {}),
        ...(down > 1 ? { rowSpan: down } : {}),
        stack: read(cell.children),
      }
      x += across
    }
  }
  const width = Math.max(1, ...body.map(({ length }) => length))
  for (const line of body) for (let x = 0; x < width; x += 1) line[x] ??= { text: '' }
  return body
}

/** `width` of a column's first cell; cells to the right of the page take what they need, all others share the rest. */
function widthsOf(table: Element, rows: readonly Element[], count: number): (string | number)[] {
  const columns = elementsOf(table)
    .filter(({ name }) => name === 'colgroup')
    .flatMap(elementsOf)
  const plain = rows.find((row) => elementsOf(row).length === count)
  const first = columns.length > 0 ? columns : plain ? elementsOf(plain) : []
  return Array.from({ length: count }, (_, i) => {
    const cell = first[i]
    const width = cell?.attribs['width']
    if (width) return /^\d+$/.test(width) ? Number(width) * 0.75 : width
    return cell && lookOf(cell)['noWrap'] ? 'auto' : '*'
  })
}

/** What cells take from their table; its margin is its own. */
function inherited({ margin: _margin, ...look }: Readonly<Record<string, unknown>>): Content {
  return look
}

export function elementsOf(node: Element): Element[] {
  return node.children.filter((child) => child instanceof Element)
}
