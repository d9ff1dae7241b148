import type { Fields, Values } from '../../page.ts'
import { COUNT, isGroup, withUnit, type FiguresArch, type Measure } from '../figures/arch.ts'
import { openAxis, type Axis, type Path } from './axis.ts'

export type Side = 'rows' | 'cols'

/** By which column rows are sorted. */
export interface PivotSort {
  readonly path: Path
  readonly measure: string
  readonly isDescending: boolean
}

/** What a pivot shows, as the address says it. */
export interface PivotState {
  readonly rows: Axis
  readonly cols: Axis
  readonly measures: readonly Measure[]
  readonly sort: PivotSort | null
  /** The header whose menu of fields is open. */
  readonly menu: { readonly side: Side; readonly path: Path } | null
}

/** What a pivot shows at first: of the search, the context and the arch. */
export interface PivotDefaults {
  /** What the search groups by: it comes before all else, and other groups of it begin anew. */
  readonly searched: readonly string[]
  readonly context: Values
  readonly arch: FiguresArch
  readonly fields: Fields
  /** `amount desc`, of the arch. */
  readonly order: string | null
}

/** The parameters of each side: groups, depth, opened, shut. */
const PARAMETERS: Readonly<Record<Side, readonly [string, string, string, string]>> = {
  rows: ['rows', 'rd', 'ro', 'rx'],
  cols: ['cols', 'cd', 'co', 'cx'],
}

type Own = Readonly<Record<string, string>>

/** Reads the state. What an address names and is not there is left out: it outlives a view. */
export function readPivotState(own: Own, defaults: PivotDefaults): PivotState {
  const { searched, context, arch, fields, order } = defaults
  const usable = (groups: readonly string[]): string[] => [
    ...new Set(groups.map((group) => withUnit(group, fields)).filter((group) => isGroup(group, fields))),
  ]
  const given = (name: string): readonly string[] | null => {
    const value = context[name]
    return Array.isArray(value) ? value.map(String) : typeof value === 'string' && value ? [value] : null
  }
  const isCurrent = (own['base'] ?? '') === searched.join(',')
  const rows = searched.length > 0 ? searched : (given('pivot_row_groupby') ?? arch.rows)
  const cols = given('pivot_column_groupby') ?? arch.cols
  const measures = named(own['m']?.split(',') ?? given('pivot_measures') ?? arch.measures, arch)
  const [ordered, direction] = (order ?? '').split(/\s+/)
  const [path, measure, way] = own['sort']?.split(',') ?? ['/', ordered, direction]
  const [, side, at] = /^(rows|cols)(\/.*)$/.exec(own['at'] ?? '') ?? []
  return {
    rows: readAxis(isCurrent ? own : {}, 'rows', usable(rows), usable),
    cols: readAxis(own, 'cols', usable(cols), usable),
    measures,
    sort:
      path && measures.some(({ name }) => name === measure)
        ? { path, measure: measure as string, isDescending: way?.toLowerCase() === 'desc' }
        : null,
    menu: side && at ? { side: side as Side, path: at } : null,
  }
}

/** The state as the address says it. */
export function ownOfPivot({ rows, cols, measures, sort, menu }: PivotState, searched: readonly string[]): Own {
  return {
    ...axisOwn('rows', rows),
    ...(searched.length > 0 ? { base: searched.join(',') } : {}),
    ...axisOwn('cols', cols),
    m: measures.map(({ name }) => name).join(','),
    ...(sort ? { sort: [sort.path, sort.measure, sort.isDescending ? 'desc' : 'asc'].join(',') } : {}),
    ...(menu ? { at: menu.side + menu.path } : {}),
  }
}

function readAxis(
  own: Own,
  side: Side,
  fallback: readonly string[],
  usable: (groups: readonly string[]) => string[],
): Axis {
  const [groups, depth, opened, shut] = PARAMETERS[side]
  const written = own[groups]
  if (written === undefined) return openAxis(fallback)
  const axis = openAxis(usable(list(written)))
  const levels = Number(own[depth] ?? axis.groups.length)
  return {
    ...axis,
    depth: Number.isInteger(levels) ? Math.max(0, Math.min(levels, axis.groups.length)) : axis.groups.length,
    opened: new Set(list(own[opened])),
    shut: new Set(list(own[shut])),
  }
}

function axisOwn(side: Side, { groups, depth, opened, shut }: Axis): Own {
  const [names, levels, open, closed] = PARAMETERS[side]
  return {
    [names]: groups.join(','),
    ...(depth === groups.length ? {} : { [levels]: String(depth) }),
    ...(opened.size > 0 ? { [open]: [...opened].join(',') } : {}),
    ...(shut.size > 0 ? { [closed]: [...shut].join(',') } : {}),
  }
}

/** Measures by name, without those that are not offered; the count when there is none. */
function named(names: readonly string[], { offered }: FiguresArch): readonly Measure[] {
  const found = [...new Set(names)].flatMap((name) => offered.find((one) => one.name === name) ?? [])
  return found.length > 0 ? found : offered.filter(({ name }) => name === COUNT)
}

const list = (text: string | undefined): string[] => (text ?? '').split(',').filter(Boolean)
