import { flag, type XmlElement } from '../../arch/node.ts'
import type { FiguresArch, Measure } from '../figures/arch.ts'

export const MODES = ['bar', 'line', 'pie'] as const
export type Mode = (typeof MODES)[number]
export type Sorting = 'asc' | 'desc'

/** What a graph shows, as the address says it; what that leaves open, the arch decides. */
export interface GraphState {
  readonly mode: Mode
  readonly measure: Measure
  readonly sorting: Sorting | null
  readonly isStacked: boolean
  readonly isCumulated: boolean
}

/** Reads the state. What an address names and is not there is left out: it outlives a view. */
export function readGraphState(root: XmlElement, arch: FiguresArch, own: Readonly<Record<string, string>>): GraphState {
  const type = own['mode'] ?? root.getAttribute('type')
  const order = own['sort'] ?? root.getAttribute('order')?.toLowerCase()
  const named = (name: string | undefined): Measure | undefined => arch.offered.find((one) => one.name === name)
  return {
    mode: MODES.find((mode) => mode === type) ?? 'bar',
    measure: named(own['measure']) ?? named(arch.measures[0]) ?? (arch.offered.at(-1) as Measure),
    sorting: order === 'asc' || order === 'desc' ? order : null,
    isStacked: own['stacked'] === undefined ? flag(root, 'stacked', true) : own['stacked'] === '1',
    isCumulated: own['cumulated'] === undefined ? flag(root, 'cumulated') : own['cumulated'] === '1',
  }
}

/** The same as the address says it, when some of it changes. */
export function ownOf(state: GraphState, change: Partial<GraphState>): Record<string, string> {
  const { mode, measure, sorting, isStacked, isCumulated } = { ...state, ...change }
  return {
    mode,
    measure: measure.name,
    sort: sorting ?? 'none',
    stacked: isStacked ? '1' : '0',
    ...(isCumulated ? { cumulated: '1' } : state.isCumulated ? { cumulated: '0' } : {}),
  }
}
