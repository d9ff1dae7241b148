import type { Fields, PageContext, ViewNode } from '../../page.ts'
import type { ListArch } from './arch.ts'
import type { Group } from './group.ts'
import { rowView, type RowPlace } from './row.ts'
import { footTotal, groupTotal, totalOfTotals, totalView, type Total } from './totals.ts'

/** Addresses of a list with other groups open. */
export interface GroupPlace {
  /** With this group open or folded. */
  groupHref(path: string, open: boolean): string
  /** With the records of this group from another one on. */
  pageHref(path: string, offset: number): string
  allHref(open: boolean): string
}

/** Rows of groups, each followed by what is open inside of it. */
export function groupViews(
  arch: ListArch,
  fields: Fields,
  groups: readonly Group[],
  page: PageContext,
  place: RowPlace,
  addresses: GroupPlace,
): ViewNode[] {
  return groups.flatMap((group) => [
    groupRow(arch, group, page, addresses),
    ...insideViews(arch, fields, group, page, place, addresses),
  ])
}

/** What is open inside of a group: groups, or records and how many there are more. */
export function insideViews(
  arch: ListArch,
  fields: Fields,
  group: Group,
  page: PageContext,
  place: RowPlace,
  addresses: GroupPlace,
): ViewNode[] {
  if (!group.isOpen) return []
  if (group.isOuter) return groupViews(arch, fields, group.groups, page, place, addresses)
  const rows = group.records.map((record) => ({
    ...rowView(arch, fields, record, page, place, { level: group.level + 1 }),
    inside: group.path,
  }))
  const shown = group.offset + rows.length
  if (shown >= group.count) return rows
  return [
    ...rows,
    {
      template: 'types/list/more',
      inside: group.path,
      offset: shown,
      href: addresses.pageHref(group.path, shown),
      width: arch.items.length,
      next: Math.min(group.limit, group.count - shown),
      left: group.count - shown,
    },
  ]
}

/** The row that names a group: it opens and folds it. */
export function groupRow(arch: ListArch, group: Group, page: PageContext, addresses: GroupPlace): ViewNode {
  const first = arch.items.findIndex((item) => item.kind === 'field' && groupTotal(item.place) !== null)
  // The name takes the columns before the first total, and always one of them.
  const named = first < 0 ? arch.items.length : Math.max(1, first)
  const { path, offset, limit, count } = group
  const isPaged = group.isOpen && !group.isOuter && count > limit
  return {
    template: 'types/list/group',
    path,
    level: group.level,
    label: group.label,
    count: page.format.number(count, 0),
    isOpen: group.isOpen,
    inside: path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : null,
    href: addresses.groupHref(path, !group.isOpen),
    // the boxes that select rows stand before it
    namedSpan: named + 1,
    state: { path, domain: group.domain, count, level: group.level },
    pager: isPaged
      ? {
          from: offset + 1,
          to: Math.min(offset + limit, count),
          total: page.format.number(count, 0),
          previous: {
            offset: previousOffset(offset, limit, count),
            href: addresses.pageHref(path, previousOffset(offset, limit, count)),
          },
          next: {
            offset: nextOffset(offset, limit, count),
            href: addresses.pageHref(path, nextOffset(offset, limit, count)),
          },
        }
      : null,
    cells: arch.items.slice(named).map((item) => {
      const total = item.kind === 'field' ? groupTotal(item.place) : null
      return item.kind === 'field' && total
        ? totalView(item.place, group.totals.get(item.place.name) ?? null, total.label, page)
        : { template: 'types/list/no-total' }
    }),
  }
}

/** Pages of a group go round. */
const nextOffset = (offset: number, limit: number, count: number): number =>
  offset + limit < count ? offset + limit : 0
const previousOffset = (offset: number, limit: number, count: number): number =>
  offset > 0 ? Math.max(0, offset - limit) : Math.floor((count - 1) / limit) * limit

/** Totals of all groups by column, for the foot of the list. */
export function groupTotals(arch: ListArch, groups: readonly Group[]): [string, Total][] {
  return arch.columns.flatMap((column): [string, Total][] => {
    const total = footTotal(column)
    if (!total) return []
    const parts = groups.flatMap((group) => {
      const one = group.totals.get(column.name)
      return one ? [{ total: one, count: group.count }] : []
    })
    return [[column.name, totalOfTotals(parts, total.take)]]
  })
}
