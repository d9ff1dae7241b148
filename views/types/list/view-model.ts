import type { Fields, PageContext, Values, ViewNode } from '../../page.ts'
import { widgetOf } from '../../widgets/place.ts'
import type { ListArch } from './arch.ts'
import type { Group } from './group.ts'
import { groupTotals, groupViews, type GroupPlace } from './group-view.ts'
import { isHandle, rowView, type RowPlace } from './row.ts'
import { footTotal, totalOf, totalView, type Total } from './totals.ts'

export { readListArch, type ListArch } from './arch.ts'
export { rowView } from './row.ts'

/** Where a list stands: how it is sorted and what its rows lead to. */
export interface ListPlace extends RowPlace {
  readonly order: string | null
  /** Address of the same list in another order. */
  sortHref(field: string, descending: boolean): string
}

/** What a list is beside its records. */
export interface ListSetting {
  /** What the browser keeps of this list's columns is kept under it. */
  readonly key?: string
  /** How rows are edited in place; `null` where they are not. */
  readonly editing?: object | null
  /** Whether rows may be dragged to another place. */
  readonly canOrder?: boolean
  /** What stands where there are no records. */
  readonly empty?: ViewNode | null
  /** Records that nobody made, to show what the list would look like. */
  readonly sample?: readonly Values[] | null
  /** Number of all records that the list is about, for those who select all of them. */
  readonly total?: number | string
}

/** Records in groups, or one after the other. */
export type ListContent =
  | { readonly records: readonly Values[] }
  | { readonly groups: readonly Group[]; readonly place: GroupPlace }

/** A list of records as its template draws it. */
export function listView(
  arch: ListArch,
  fields: Fields,
  content: readonly Values[] | ListContent,
  page: PageContext,
  place: ListPlace,
  setting: ListSetting = {},
): ViewNode {
  const shown: ListContent = 'groups' in content || 'records' in content ? content : { records: content }
  const isGrouped = 'groups' in shown
  const rows = isGrouped
    ? groupViews(arch, fields, shown.groups, page, place, shown.place)
    : shown.records.map((record) => rowView(arch, fields, record, page, place))
  return {
    template: 'types/list/template',
    model: arch.model,
    ...setting,
    isGrouped,
    columns: columnViews(arch, page, place),
    width: arch.items.length,
    optional: arch.optional,
    rows: rows.length > 0 ? rows : (setting.sample ?? []).map((record) => sampleRow(arch, fields, record, page)),
    ...(isGrouped ? { expandHref: shown.place.allHref(true), foldHref: shown.place.allHref(false) } : {}),
    isEmpty: rows.length === 0,
    foot: rows.length === 0 ? null : footView(arch, shown, page),
  }
}

function sampleRow(arch: ListArch, fields: Fields, record: Values, page: PageContext): ViewNode {
  return { ...rowView(arch, fields, record, page, { href: () => null }), isSample: true }
}

function columnViews(arch: ListArch, page: PageContext, place: ListPlace): readonly object[] {
  const [sorted = '', direction] = (place.order ?? '').split(',')[0]?.trim().split(/\s+/) ?? []
  const descending = direction?.toLowerCase() === 'desc'
  return arch.items.map((item) => {
    if (item.kind === 'buttons') return { name: item.name, hiddenLabel: page.translate('Buttons'), isButtons: true }
    const { place: column } = item
    const { name, description, attributes } = column
    if (isHandle(column)) return { name, hiddenLabel: page.translate('Order of rows'), isHandle: true }
    const isNamed = !['1', 'True', 'true'].includes(attributes['nolabel'] ?? '')
    return {
      name,
      label: isNamed ? description.string : '',
      hiddenLabel: isNamed ? null : description.string,
      help: description.help,
      alignRight: widgetOf(column).alignRight === true,
      width: /^(\d+)(px)?$/.exec(attributes['width'] ?? '')?.[1],
      sort: description.sortable === false ? null : place.sortHref(name, name === sorted && !descending),
      ariaSort: name === sorted ? (descending ? 'descending' : 'ascending') : null,
    }
  })
}

/** Totals under the columns that have them; nothing when none has. */
export function footView(arch: ListArch, content: ListContent, page: PageContext): readonly object[] | null {
  const totals = new Map<string, Total>(
    'groups' in content
      ? groupTotals(arch, content.groups)
      : arch.columns.flatMap((column): [string, Total][] => {
          const total = footTotal(column)
          return total ? [[column.name, totalOf(column, total.take, content.records)]] : []
        }),
  )
  return footOf(arch, totals, page)
}

/** The foot of a list with given totals. */
export function footOf(
  arch: ListArch,
  totals: ReadonlyMap<string, Total>,
  page: PageContext,
): readonly object[] | null {
  if (!arch.columns.some(footTotal)) return null
  return arch.items.map((item) => {
    if (item.kind === 'buttons') return { template: 'types/list/no-total' }
    const total = footTotal(item.place)
    return total
      ? totalView(item.place, totals.get(item.place.name) ?? null, total.label, page)
      : { template: 'types/list/no-total', name: item.place.name }
  })
}
