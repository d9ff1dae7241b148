import { GROUP_ORDER_WRONG } from './errors.ts'
import type { Aggregate } from './aggregates.ts'
import type { Term } from './terms.ts'

/** One key that groups are sorted by: a term, an aggregate, or the number of records. */
export interface GroupOrder {
  readonly by: Term | Aggregate | 'count'
  readonly descending: boolean
  readonly nulls?: 'first' | 'last'
}

/** What groups show, as an order may name it. */
export interface GroupNames {
  readonly model: string
  readonly terms: readonly Term[]
  readonly aggregates: readonly Aggregate[]
  /** The key under which groups show the number of their records. */
  readonly countName: string
}

const KEY = /^(\w+(?::\w+)?)(?: (asc|desc))?(?: nulls (first|last))?$/i

/**
 * Reads `'amount desc, date:month'`: terms with or without their granularity, aggregates by name, and the count.
 * @throws GROUP_ORDER_WRONG
 */
export function parseGroupOrder(text: string, names: GroupNames): GroupOrder[] {
  if (text.trim() === '') return []
  return text.split(',').map((part) => {
    const written = part.trim().replace(/\s+/g, ' ')
    const [, name = '', direction, nulls] = KEY.exec(written) ?? []
    const by = named(name, names)
    if (!by) throw new GROUP_ORDER_WRONG(names.model, written, shown(names))
    const key = { by, descending: direction?.toLowerCase() === 'desc' }
    return nulls ? { ...key, nulls: nulls.toLowerCase() as 'first' | 'last' } : key
  })
}

function named(name: string, { terms, aggregates, countName }: GroupNames): GroupOrder['by'] | undefined {
  if (name === countName || name === '__count') return 'count'
  return (
    terms.find((term) => term.spec === name || term.field.name === name || `${term.field.name}:${term.by}` === name) ??
    aggregates.find((one) => one.name === name || `${one.field.name}:${one.take}` === name)
  )
}

function shown({ terms, aggregates, countName }: GroupNames): string[] {
  return [...terms.map((term) => term.spec), ...aggregates.map((one) => one.name), countName]
}
