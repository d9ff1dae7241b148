import { isModified, scopeOf } from '../../arch/modifiers.ts'
import type { Fields, PageContext, Values, ViewNode } from '../../page.ts'
import type { FieldPlace } from '../../widgets/widget.ts'
import { fieldView } from '../../widgets/place.ts'
import type { Scope } from '../../../core/expr/values.ts'
import type { ListArch } from './arch.ts'
import { rowButton } from './button.ts'

/** What a row leads to. */
export interface RowPlace {
  /** Address of a record; `null` where rows lead nowhere. */
  href(id: number): string | null
}

/** One row. `editing` rows are inputs. */
export function rowView(
  arch: ListArch,
  fields: Fields,
  record: Values,
  page: PageContext,
  place: RowPlace,
  { editing = false, level = 0 }: { readonly editing?: boolean; readonly level?: number } = {},
): ViewNode {
  const scope = scopeOf(record, fields, page.context)
  const id = record['id'] as number | string
  const linked = arch.items.findIndex((one) => one.kind === 'field' && !isHandle(one.place))
  const href = typeof id === 'number' ? place.href(id) : null
  return {
    template: 'types/list/row',
    id,
    href,
    level,
    editing,
    openHref: arch.openFormView ? href : null,
    classes: decorated(arch.decorations, scope),
    cells: arch.items.map((column, i) =>
      column.kind === 'buttons'
        ? { isButtons: true, name: column.name, buttons: column.buttons.map((one) => rowButton(one, scope)) }
        : {
            ...cellView(column.place, record, page, scope, editing),
            isLink: i === linked && href !== null && !editing,
          },
    ),
  }
}

function cellView(place: FieldPlace, record: Values, page: PageContext, scope: Scope, editing: boolean): ViewNode {
  if (isHandle(place)) return { template: 'types/list/handle', name: place.name, widget: 'handle', isHandle: true }
  const view = fieldView(place, record, page, {
    place: 'list',
    mode: editing ? 'edit' : 'read',
    scope,
    prefix: `r${String(record['id'])}_`,
  })
  const decorations = Object.entries(place.attributes)
    .filter(([name]) => name.startsWith('decoration-'))
    .map(([name, value]) => [name.slice('decoration-'.length), value] as const)
  // Badges and their like colour themselves.
  return place.attributes['widget'] === 'badge'
    ? view
    : { ...view, classes: decorated(Object.fromEntries(decorations), scope) }
}

/** A number that says where a record stands, by which rows are dragged. */
export const isHandle = ({ attributes }: FieldPlace): boolean => attributes['widget'] === 'handle'

function decorated(decorations: Readonly<Record<string, string>>, scope: Scope): string {
  return Object.entries(decorations)
    .filter(([, expression]) => isModified(expression, scope))
    .map(([name]) => `o_decoration_${name}`)
    .join(' ')
}
