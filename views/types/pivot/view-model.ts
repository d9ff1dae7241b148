import type { Fields, PageContext, ViewNode } from '../../page.ts'
import { groupLabel, grouped, UNIT_LABELS, UNITS, type FiguresArch, type Measure } from '../figures/arch.ts'
import { domainText } from '../figures/groups.ts'
import { figureOf } from '../figures/measures.ts'
import { close, open, openAxis, openBy, type Path } from './axis.ts'
import { headRows, type Head } from './heads.ts'
import type { PivotState, Side } from './state.ts'
import type { Cells, Node, Tree } from './table.ts'

/** What a pivot is drawn from. */
export interface PivotInput {
  readonly arch: FiguresArch
  readonly state: PivotState
  readonly rows: Tree
  readonly cols: Tree
  readonly cells: Cells
  /** How many groups there are beyond those that were read. */
  readonly left: number
  readonly fields: Fields
  readonly page: PageContext
  /** The address of the same pivot in another state. */
  href(state: PivotState): string
  /** The address of the records of a domain; `null` where it leads nowhere. */
  recordsHref(domain: string): string | null
  /** The address of the table as a file. */
  readonly download: string
}

/** A header as it is drawn. */
interface Header extends Head {
  readonly label: string
  /** Opens or closes it; `null` where nothing can be inside it. */
  readonly toggle: string | null
  /** Fields to group by, when its menu is open. */
  readonly menu: readonly MenuEntry[] | null
}

interface MenuEntry {
  readonly label: string
  readonly href: string | null
}

/** A pivot as its template draws it. Everything that changes it is a link. */
export function pivotView(input: PivotInput): ViewNode {
  const { arch, state, cols, cells, page } = input
  const { translate } = page
  const { measures, sort } = state
  const change = (next: Partial<PivotState>): string => input.href({ ...state, menu: null, ...next })
  const columns = columnsOf(cols)
  const header = (side: Side, node: Node): Omit<Header, keyof Head> => {
    const isMenuOpen = state.menu?.side === side && state.menu.path === node.path
    return {
      label: labelOf(node, page),
      toggle: toggleOf(side, node.path, node.isOpen),
      menu: isMenuOpen ? menuOf(side, node.path) : null,
    }
  }
  const total = cells.at('/', '/')
  return {
    template: 'types/pivot/template',
    isEmpty: !total || total['__count'] === 0,
    caption: captionOf(input),
    heads: headRows(cols, measures.length).map((row) =>
      row.map((head) => ({ ...head, ...(head.isTotal ? plainHead(page) : header('cols', head.node)) })),
    ),
    corner: cols.depth + 2,
    measureHeads: columns.flatMap(({ path }) => measures.map((measure) => sortHead(path, measure))),
    rows: sortedRows(input).map((node) => ({
      ...header('rows', node),
      isOpen: node.isOpen,
      level: Math.min(node.level, 8),
      cells: columns.flatMap((column) =>
        measures.map((measure, i) => {
          const group = cells.at(node.path, column.path)
          const { text } = figureOf(group, measure, i, page)
          const href =
            text === '' || group?.['__count'] === 0
              ? null
              : input.recordsHref(domainText([...node.values, ...column.values]))
          return { text, href, isTotal: column === cols.root && cols.root.isOpen }
        }),
      ),
    })),
    left: input.left > 0 ? page.format.number(input.left, 0) : null,
    measures: arch.offered.map((measure) => {
      const isOn = measures.includes(measure)
      const others = measures.filter((one) => one !== measure)
      return {
        label: measure.label,
        isOn,
        href: change({ measures: isOn ? (others.length > 0 ? others : measures) : [...measures, measure] }),
      }
    }),
    options: [
      { label: translate('Flip axes'), icon: 'arrow-left-right', href: change(flipped(state)) },
      {
        label: translate('Expand all'),
        icon: 'arrows-expand',
        href: change({ rows: openAxis(state.rows.groups), cols: openAxis(state.cols.groups) }),
      },
      { label: translate('Download as a spreadsheet'), icon: 'download', href: input.download, isDownload: true },
    ],
  }

  /** Closes what is open; opens by what comes next; else asks by what. */
  function toggleOf(side: Side, path: Path, isOpen: boolean): string {
    const axis = state[side]
    if (isOpen) return change({ [side]: close(axis, path) })
    const level = path === '/' ? 0 : path.split('/').length - 1
    if (level < axis.groups.length) return change({ [side]: open(axis, path) })
    return change({ menu: { side, path } })
  }

  function menuOf(side: Side, path: Path): readonly MenuEntry[] {
    const used = new Set([...state.rows.groups, ...state.cols.groups])
    const link = (group: string, label: string): MenuEntry[] =>
      used.has(group) ? [] : [{ label, href: change({ [side]: openBy(state[side], path, group) }) }]
    return arch.groupable.flatMap((field): MenuEntry[] => {
      if (grouped(field, null) === field.name) return link(field.name, field.string)
      const units = UNITS.flatMap((unit) => link(grouped(field, unit), translate(UNIT_LABELS[unit] ?? unit)))
      return units.length > 0 ? [{ label: field.string, href: null }, ...units] : []
    })
  }

  function sortHead(path: Path, measure: Measure): object {
    const isSorted = sort?.path === path && sort.measure === measure.name
    const isDescending = !(isSorted && sort.isDescending)
    return {
      label: measure.label,
      href: change({ sort: { path, measure: measure.name, isDescending } }),
      ariaSort: isSorted ? (sort.isDescending ? 'descending' : 'ascending') : null,
    }
  }
}

/** Columns from left to right, the total of them last. */
export function columnsOf(cols: Tree): readonly Node[] {
  return cols.root.children.length > 0 ? [...cols.leaves(), cols.root] : [cols.root]
}

/** Rows from above to below, the total of them first, as the state sorts them. */
export function sortedRows({
  rows,
  cells,
  state: { sort, measures },
}: Pick<PivotInput, 'rows' | 'cells' | 'state'>): readonly Node[] {
  const index = measures.findIndex(({ name }) => name === sort?.measure)
  const measure = measures[index]
  return rows.seen(sort && measure ? cells.order(sort.path, measure, index, sort.isDescending) : undefined)
}

/** What a row or a column is called. */
export function labelOf({ values }: Node, { translate }: PageContext): string {
  return values.at(-1)?.label ?? translate('Total')
}

function plainHead(page: PageContext): Omit<Header, keyof Head> {
  return { label: page.translate('Total'), toggle: null, menu: null }
}

function flipped({ rows, cols }: PivotState): Partial<PivotState> {
  return { rows: cols, cols: rows, sort: null }
}

function captionOf({ state, fields, page: { translate } }: PivotInput): string {
  const groups = [...state.rows.groups, ...state.cols.groups].map((group) => groupLabel(group, fields, translate))
  const measures = state.measures.map(({ label }) => label).join(', ')
  return groups.length > 0 ? `${measures}: ${groups.join(', ')}` : measures
}
