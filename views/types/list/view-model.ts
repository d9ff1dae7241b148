import { attr, fieldNodes, flag, parseArch, type XmlElement } from '../../arch/node.ts'
import { isModified, scopeOf } from '../../arch/modifiers.ts'
import type { Fields, PageContext, Values, ViewNode } from '../../page.ts'
import type { FieldPlace } from '../../widgets/widget.ts'
import { fieldView, placeOf, specificationOf, widgetOf } from '../../widgets/place.ts'

/** A list's arch, read once: columns and what they need. */
export interface ListArch {
  readonly model: string
  readonly columns: readonly FieldPlace[]
  /** Fields that are read but not shown. */
  readonly hidden: readonly FieldPlace[]
  readonly specification: ReturnType<typeof specificationOf>
  readonly defaultOrder: string | null
  readonly limit: number | null
  readonly create: boolean
  readonly editable: 'top' | 'bottom' | null
  readonly decorations: Readonly<Record<string, string>>
}

/** Where a list stands: how it is sorted and what its rows lead to. */
export interface ListPlace {
  readonly order: string | null
  /** Address of a record; `null` where rows lead nowhere. */
  href(id: number): string | null
  /** Address of the same list in another order. */
  sortHref(field: string, descending: boolean): string
}

/** What a list of a model's arch shows, and what must be read for it. */
export function readListArch(
  arch: string | XmlElement,
  model: string,
  models: PageContext['models'],
  scope: Values,
): ListArch {
  const fields = models[model] ?? {}
  const root = typeof arch === 'string' ? parseArch(arch) : arch
  const places = fieldNodes(root).flatMap((node) => placeOf(node, fields, model) ?? [])
  const isHidden = (place: FieldPlace): boolean =>
    isModified(place.modifiers.column_invisible, scope as never) || place.modifiers.invisible === true
  const editable = attr(root, 'editable')
  return {
    model,
    columns: places.filter((place) => !isHidden(place)),
    hidden: places.filter(isHidden),
    specification: specificationOf(places, models),
    defaultOrder: attr(root, 'default_order'),
    limit: attr(root, 'limit') ? Number(attr(root, 'limit')) : null,
    create: flag(root, 'create', true),
    editable: editable === 'top' || editable === 'bottom' ? editable : null,
    decorations: Object.fromEntries(
      Array.from(root.attributes)
        .filter(({ name }) => name.startsWith('decoration-'))
        .map(({ name, value }) => [name.slice('decoration-'.length), value]),
    ),
  }
}

/** A list of records as its template draws it. */
export function listView(
  arch: ListArch,
  fields: Fields,
  records: readonly Values[],
  page: PageContext,
  place: ListPlace,
): ViewNode {
  const [sorted = '', direction] = (place.order ?? '').split(',')[0]?.trim().split(/\s+/) ?? []
  const descending = direction?.toLowerCase() === 'desc'
  return {
    template: 'types/list/template',
    model: arch.model,
    columns: arch.columns.map((column) => ({
      name: column.name,
      label: column.description.string,
      alignRight: widgetOf(column).alignRight === true,
      optional: column.attributes['optional'],
      sort:
        column.description.sortable === false
          ? null
          : place.sortHref(column.name, column.name === sorted && !descending),
      ariaSort: column.name === sorted ? (descending ? 'descending' : 'ascending') : null,
    })),
    rows: records.map((record) => rowView(arch, fields, record, page, place)),
  }
}

/** One row. */
export function rowView(
  arch: ListArch,
  fields: Fields,
  record: Values,
  page: PageContext,
  place: Pick<ListPlace, 'href'>,
): ViewNode {
  const scope = scopeOf(record, fields, page.context)
  const decorations = Object.entries(arch.decorations).filter(([, expression]) => isModified(expression, scope))
  return {
    template: 'types/list/row',
    id: record['id'],
    href: place.href(Number(record['id'])),
    classes: decorations.map(([name]) => `o_decoration_${name}`).join(' '),
    cells: arch.columns.map((column) =>
      fieldView(column, record, page, { place: 'list', mode: 'read', scope, prefix: `r${String(record['id'])}_` }),
    ),
  }
}
