/* What a person waits for, and how long at most: docs/bench.md tells where the goals come from. */

/** One figure: what was measured, in which unit, and what it must not exceed. */
export interface Figure {
  readonly name: string
  readonly unit: 'ms' | 'KB' | 'requests' | 'MB' | 'nodes'
  readonly value: number
  readonly goal?: number
}

/** Cold: an empty cache. Warm: what a browser keeps is kept. */
export const SIGN_IN = { time: 150, weight: 60 } as const
export const COLD = { time: 400, weight: 300 } as const
export const WARM = { time: 150, weight: 40 } as const
/** On a processor four times slower. */
export const SLOW_COLD = { time: 800 } as const

export const INSIDE = {
  'switch app': 100,
  'open an order from the list': 100,
  'back to the list by breadcrumb': 60,
  'next record by pager': 80,
  'list to kanban': 80,
  'search: key to suggestions': 30,
  'search: Enter to rows': 50,
  'many2one: key to suggestions': 120,
  'quantity changed to total': 60,
  save: 80,
  'new, empty order': 80,
} as const

export const LARGE = { 'open an order of 1,000 lines': 1000, 'edit in an order of 1,000 lines': 150 } as const

export const PAGE = { heap: 6, nodes: 3000 } as const
