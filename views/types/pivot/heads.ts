import type { Node, Tree } from './table.ts'

/** A header above columns. */
export interface Head {
  readonly node: Node
  readonly colspan: number
  readonly rowspan: number
  /** Whether it stands above the column of totals, beside the groups. */
  readonly isTotal: boolean
  readonly isOpen: boolean
}

/** Headers above the columns, row by row: each spans what is inside it, or reaches down to the measures. */
export function headRows(cols: Tree, measures: number): readonly (readonly Head[])[] {
  const { root, depth } = cols
  const rows: Head[][] = Array.from({ length: depth + 1 }, () => [])
  const hasTotal = root.children.length > 0
  const place = (node: Node): void => {
    const leaves = cols.leaves(node).length + (node === root && hasTotal ? 1 : 0)
    const isLeaf = node.children.length === 0
    rows[node.level]?.push({
      node,
      colspan: leaves * measures,
      rowspan: isLeaf ? depth - node.level + 1 : 1,
      isTotal: false,
      isOpen: node.isOpen,
    })
    node.children.forEach(place)
  }
  place(root)
  if (hasTotal) rows[1]?.push({ node: root, colspan: measures, rowspan: depth, isTotal: true, isOpen: false })
  return rows
}
