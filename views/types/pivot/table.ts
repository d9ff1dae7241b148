import type { Fields, PageContext, Values } from '../../page.ts'
import { allOf, anyOf, type Domain } from '../search/combine.ts'
import { domainOf, groupValue, type GroupValue } from '../figures/groups.ts'
import { valueOf } from '../figures/measures.ts'
import type { Measure } from '../figures/arch.ts'
import { childPath, isOpen, ROOT, type Axis, type Path } from './axis.ts'

/** A group on one side of a pivot. */
export interface Node {
  readonly path: Path
  readonly level: number
  /** Its value, and those of the groups around it. */
  readonly values: readonly GroupValue[]
  readonly isOpen: boolean
  readonly children: Node[]
}

/** From so many open groups on the query reads all of their level rather than name each. */
const MANY = 50

/** One side of a pivot, level by level: queries of its groups are asked for and put in. */
export class Tree {
  readonly axis: Axis
  readonly root: Node
  readonly #fields: Fields
  readonly #page: PageContext
  /** Level -> its nodes that are to be seen. */
  readonly #levels: Node[][]

  constructor(axis: Axis, fields: Fields, page: PageContext) {
    this.axis = axis
    this.#fields = fields
    this.#page = page
    this.root = { path: ROOT, level: 0, values: [], isOpen: isOpen(axis, ROOT), children: [] }
    this.#levels = [[this.root]]
  }

  /** How many levels there are beneath the one for all records. */
  get depth(): number {
    return this.#levels.length - 1
  }

  /** The terms of the next level; `null` when no group of the last one is open. */
  next(): readonly string[] | null {
    const last = this.#levels.at(-1) ?? []
    return last.some((node) => node.isOpen) ? this.terms(this.#levels.length) : null
  }

  /** The terms of a level. */
  terms(level: number): readonly string[] {
    return this.axis.groups.slice(0, level)
  }

  /** What the records in the groups of a level have in common: they are in open groups of the level above. */
  domain(level: number): Domain {
    const above = this.#levels[level - 1] ?? []
    const open = above.filter((node) => node.isOpen)
    if (level < 2 || open.length === above.length || open.length > MANY) return []
    return anyOf(open.map(({ values }) => domainOf(values)))
  }

  /** Takes the groups of the next level; those in groups that are closed are not to be seen. */
  add(groups: readonly Values[]): void {
    const level = this.#levels.length
    const parents = new Map((this.#levels[level - 1] ?? []).map((node) => [node.path, node]))
    const nodes: Node[] = []
    for (const group of groups) {
      const values = this.valuesOf(group, level)
      const parent = parents.get(pathOf(values.slice(0, -1)))
      if (!parent?.isOpen) continue
      const path = pathOf(values)
      const node = { path, level, values, isOpen: isOpen(this.axis, path), children: [] }
      parent.children.push(node)
      nodes.push(node)
    }
    this.#levels.push(nodes)
  }

  /** What a group of a query says for the terms of a level. */
  valuesOf(group: Values, level: number): GroupValue[] {
    return this.terms(level).map((term) => groupValue(group, term, this.#fields, this.#page))
  }

  /** All nodes that are to be seen, each before those inside it, in the given order. */
  seen(order?: (a: Node, b: Node) => number): Node[] {
    const visit = (node: Node): Node[] => [
      node,
      ...(order ? node.children.toSorted(order) : node.children).flatMap(visit),
    ]
    return visit(this.root)
  }

  /** Nodes that nothing is shown inside of, from left to right. */
  leaves(node: Node = this.root): Node[] {
    return node.children.length > 0 ? node.children.flatMap((child) => this.leaves(child)) : [node]
  }
}

/** The numbers of a pivot: one group of records per pair of groups of its sides. */
export class Cells {
  readonly #groups = new Map<string, Values>()

  /** Takes the groups of a query over a level of each side. */
  add(groups: readonly Values[], rows: Tree, rowLevel: number, cols: Tree, colLevel: number): void {
    for (const group of groups)
      this.#groups.set(place(pathOf(rows.valuesOf(group, rowLevel)), pathOf(cols.valuesOf(group, colLevel))), group)
  }

  at(row: Path, col: Path): Values | undefined {
    return this.#groups.get(place(row, col))
  }

  /** How rows are sorted by a measure in a column: those without records come last. */
  order(col: Path, measure: Measure, index: number, isDescending: boolean): (a: Node, b: Node) => number {
    const sign = isDescending ? -1 : 1
    const value = ({ path }: Node): number | null => {
      const group = this.at(path, col)
      return group ? valueOf(group, measure, index) : null
    }
    return (a, b) => {
      const [one, other] = [value(a), value(b)]
      if (one === null || other === null) return Number(one === null) - Number(other === null)
      return sign * (one - other)
    }
  }
}

/** The domain of a query over a level of each side. */
export function domainAt(search: Domain, rows: Domain, cols: Domain): Domain {
  return allOf([search, rows, cols])
}

const place = (row: Path, col: Path): string => `${row}\n${col}`

function pathOf(values: readonly GroupValue[]): Path {
  return values.reduce((path, { key }) => childPath(path, key), ROOT)
}
