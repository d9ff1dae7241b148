import type { Fields, PageContext, Values, ViewNode } from '../../page.ts'
import { groupLabel, type FiguresArch, type Measure } from '../figures/arch.ts'
import { domainText, groupValue, type GroupValue } from '../figures/groups.ts'
import { figureOf, figureText } from '../figures/measures.ts'
import { MODES, ownOf, type GraphState, type Mode } from './state.ts'

/** What a graph is drawn from. */
export interface GraphInput {
  readonly arch: FiguresArch
  readonly state: GraphState
  /** By what the records are grouped: the first makes the axis, the others the series. */
  readonly groupBy: readonly string[]
  /** Groups as `web_read_group` answers them, each with the one measure as `m0`. */
  readonly groups: readonly Values[]
  /** How many groups there are beyond those. */
  readonly left: number
  readonly fields: Fields
  readonly page: PageContext
  /** The address of the same graph in another state. */
  href(own: Readonly<Record<string, string>>): string
  /** The address of the records of a domain; `null` where it leads nowhere. */
  recordsHref(domain: string): string | null
}

/** One cell: what a bar, a point or a piece stands for. */
interface Cell {
  /** `null` where there are no records. */
  readonly value: number | null
  readonly text: string
  readonly href: string | null
}

interface Row {
  readonly label: string
  readonly cells: readonly Cell[]
}

const LABELS: Readonly<Record<Mode, string>> = { bar: 'Bar chart', line: 'Line chart', pie: 'Pie chart' }
const ICONS: Readonly<Record<Mode, string>> = { bar: 'bar-chart-fill', line: 'graph-up', pie: 'pie-chart-fill' }

/** A graph as its template draws it: the table of its numbers, from which the browser draws the chart, and its menus. */
export function graphView(input: GraphInput): ViewNode {
  const { arch, state, page, groupBy, fields } = input
  const { translate } = page
  const [series, plain] = tableOf(input)
  const rows = cumulated(sorted(plain, state), state, page)
  const link = (change: Partial<GraphState>): string => input.href(ownOf(state, change))
  const values = rows.flatMap(({ cells }) => cells.flatMap(({ value }) => value ?? []))
  const groups = groupBy.map((group) => groupLabel(group, fields, translate))
  return {
    template: 'types/graph/template',
    mode: state.mode,
    isStacked: state.isStacked && state.mode !== 'pie',
    measure: state.measure.label,
    groups: groups.join(' › '),
    caption: groups.length > 0 ? `${state.measure.label}: ${groups.join(', ')}` : state.measure.label,
    axis: groups[0] ?? '',
    series,
    rows,
    isEmpty: values.length === 0,
    hasPieces: state.mode !== 'pie' || (values.some((value) => value > 0) && values.every((value) => value >= 0)),
    left: input.left > 0 ? page.format.number(input.left, 0) : null,
    measures: arch.offered.map((measure) => ({
      label: measure.label,
      href: link({ measure }),
      isOn: measure.name === state.measure.name,
    })),
    modes: MODES.map((mode) => ({
      label: translate(LABELS[mode]),
      icon: ICONS[mode],
      href: link({ mode }),
      isOn: mode === state.mode,
    })),
    options: [
      ...(state.mode === 'pie' ? [] : [toggle('Stacked', 'layers-half', state.isStacked, 'isStacked')]),
      ...(state.mode === 'pie' ? [] : [toggle('Cumulated', 'graph-up-arrow', state.isCumulated, 'isCumulated')]),
      ...(['desc', 'asc'] as const).map((sorting) => ({
        label: translate(sorting === 'asc' ? 'Ascending' : 'Descending'),
        icon: sorting === 'asc' ? 'sort-up' : 'sort-down',
        href: link({ sorting: state.sorting === sorting ? null : sorting }),
        isOn: state.sorting === sorting,
      })),
    ],
  }

  function toggle(label: string, icon: string, isOn: boolean, name: 'isStacked' | 'isCumulated'): object {
    return { label: translate(label), icon, href: link({ [name]: !isOn }), isOn }
  }
}

/** Names of the series, and one row per place on the axis. Pies have one series: each group is a piece. */
function tableOf(input: GraphInput): [series: readonly string[], rows: Row[]] {
  const { state, groupBy, groups, fields, page } = input
  const { measure } = state
  const series = new Map<string, { label: string; at: number }>()
  const rows = new Map<string, { label: string; cells: Cell[] }>()
  for (const group of groups) {
    const values = groupBy.map((term) => groupValue(group, term, fields, page))
    const isPie = state.mode === 'pie'
    const [along, across] = isPie ? [values, []] : [values.slice(0, 1), values.slice(1)]
    const row = entry(rows, keyOf(along), () => ({ label: labelOf(along, page), cells: [] }))
    // a period between others that has no records has a place on the axis, and no series
    if (group['__count'] === 0) continue
    const name = across.length > 0 ? labelOf(across, page) : measure.label
    const { at } = entry(series, keyOf(across), () => ({ label: name, at: series.size }))
    const figure = figureOf(group, measure, 0, page)
    row.cells[at] = { ...figure, value: figure.value ?? 0, href: input.recordsHref(domainText(values)) }
  }
  const filled = [...rows.values()].map(({ label, cells }) => ({
    label,
    cells: Array.from(series, (_one, at) => cells[at] ?? { value: null, text: '', href: null }),
  }))
  return [Array.from(series.values(), ({ label }) => label), filled]
}

/** By the sum over the series, where the state asks for it. */
function sorted(rows: readonly Row[], { sorting }: GraphState): readonly Row[] {
  if (sorting === null) return rows
  const sign = sorting === 'asc' ? 1 : -1
  const sum = ({ cells }: Row): number => cells.reduce((total, { value }) => total + (value ?? 0), 0)
  return rows.toSorted((a, b) => sign * (sum(a) - sum(b)))
}

/** Every number with those before it on the axis. */
function cumulated(
  rows: readonly Row[],
  { isCumulated, mode, measure }: GraphState,
  page: PageContext,
): readonly Row[] {
  if (!isCumulated || mode === 'pie') return rows
  const sums: number[] = []
  return rows.map(({ label, cells }) => ({
    label,
    cells: cells.map((cell, i) => {
      sums[i] = (sums[i] ?? 0) + (cell.value ?? 0)
      return { ...cell, value: sums[i], text: sumText(sums[i], measure, page) }
    }),
  }))
}

const sumText = (value: number, measure: Measure, page: PageContext): string =>
  figureText(Number(value.toPrecision(15)), measure, page)

const keyOf = (values: readonly GroupValue[]): string => values.map(({ key }) => encodeURIComponent(key)).join('/')

const labelOf = (values: readonly GroupValue[], { translate }: PageContext): string =>
  values.length > 0 ? values.map(({ label }) => label).join(' / ') : translate('Total')

function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
