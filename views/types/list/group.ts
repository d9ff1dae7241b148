import type { Domain } from '../search/combine.ts'
import type { FieldDescription, Values } from '../../page.ts'
import { idOf, type Total } from './totals.ts'

/** A group of a list, with what is open inside of it. */
export interface Group {
  /** Keys of the groups around it and its own: `5/draft`. */
  readonly path: string
  /** From 0. */
  readonly level: number
  readonly label: string
  readonly count: number
  /** Totals by column. */
  readonly totals: ReadonlyMap<string, Total>
  /** Its records, within those of the list. */
  readonly domain: Domain
  readonly isOpen: boolean
  /** Whether it holds groups, and not records. */
  readonly isOuter: boolean
  /** Groups inside of an open one that has some. */
  readonly groups: readonly Group[]
  /** Records of an open one that has no groups, from `offset` on. */
  readonly records: readonly Values[]
  readonly offset: number
  /** Records of a group that are shown at once. */
  readonly limit: number
}

/** One value that records of a group share. */
export interface GroupKey {
  readonly key: string
  readonly domain: Domain
}

/** Groups that are open: those of the address, or all. */
export type OpenGroups = ReadonlySet<string> | 'all'

/** The groups that an address opens: `5,7/draft`, `*` for all. */
export function openGroups(text: string | undefined, expand: boolean): OpenGroups {
  if (text === undefined) return expand ? 'all' : new Set()
  return text === '*' ? 'all' : new Set(text.split(',').filter(Boolean))
}

/** What `read_group` answers for one term, as a key of addresses and as a domain. */
export function groupKey(term: string, field: FieldDescription | undefined, row: Values): GroupKey {
  const [name = '', unit] = term.split(':')
  const value = row[term]
  const ranges = row['__range'] as Readonly<Record<string, { from: string; to: string } | false>> | undefined
  const range = ranges?.[term]
  if (range)
    return { key: encodeURIComponent(range.from), domain: ['&', [name, '>=', range.from], [name, '<', range.to]] }
  if (value === false || value === null || value === undefined) return { key: '-', domain: [[name, '=', false]] }
  const id = field?.relation ? idOf(value) : null
  if (id !== null) return { key: String(id), domain: [[name, '=', id]] }
  return {
    key: encodeURIComponent(String(value)),
    domain: [[unit === undefined ? name : `${name}.${unit}`, '=', value]],
  }
}
