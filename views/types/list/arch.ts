import { attr, childElements, flag, parseArch, type XmlElement } from '../../arch/node.ts'
import { isModified, type Modifiers } from '../../arch/modifiers.ts'
import { modifiersOf } from '../../arch/read-modifiers.ts'
import type { PageContext, Values } from '../../page.ts'
import type { FieldPlace, FieldSpecification } from '../../widgets/widget.ts'
import { placeOf, specificationOf } from '../../widgets/place.ts'
import { readButton, type ListButton } from './button.ts'

/** A column: a field, or buttons that stand side by side. */
export type ListColumn =
  | { readonly kind: 'field'; readonly place: FieldPlace }
  | { readonly kind: 'buttons'; readonly name: string; readonly buttons: readonly ListButton[] }

/** A list's arch, read once: columns and what they need. */
export interface ListArch {
  readonly model: string
  /** Fields that are shown, in order. */
  readonly columns: readonly FieldPlace[]
  /** The same with the columns of buttons between them. */
  readonly items: readonly ListColumn[]
  /** Fields that are read but not shown. */
  readonly hidden: readonly FieldPlace[]
  /** Fields that a person may show or hide. */
  readonly optional: readonly { readonly name: string; readonly label: string; readonly isShown: boolean }[]
  readonly specification: Readonly<Record<string, FieldSpecification>>
  readonly defaultOrder: string | null
  readonly defaultGroupBy: readonly string[]
  readonly limit: number | null
  /** Groups on a page. */
  readonly groupsLimit: number | null
  /** Counting stops there; `null` for the usual place. */
  readonly countLimit: number | null
  /** Whether groups are open from the start. */
  readonly expand: boolean
  /** Whether an empty list shows what records would look like. */
  readonly sample: boolean
  readonly create: boolean
  /** Ways to add a line that `<control>` names, each with its context; none stands for the usual one. */
  readonly creates: readonly { readonly label: string; readonly context: string | null }[]
  readonly edit: boolean
  readonly delete: boolean
  readonly duplicate: boolean
  readonly export: boolean
  readonly import: boolean
  readonly editable: 'top' | 'bottom' | null
  readonly multiEdit: boolean
  /** Whether rows that are edited in place have a link to their form. */
  readonly openFormView: boolean
  readonly decorations: Readonly<Record<string, string>>
  /** Buttons of `<header>`, for the records that are selected. */
  readonly headerButtons: readonly ListButton[]
}

/** Names of optional columns that a person chose to see; `null` while the arch decides. */
export type ChosenColumns = ReadonlySet<string> | null

/** What a list of a model's arch shows, and what must be read for it. */
export function readListArch(
  arch: string | XmlElement,
  model: string,
  models: PageContext['models'],
  scope: Values,
  chosen: ChosenColumns = null,
): ListArch {
  const fields = models[model] ?? {}
  const root = typeof arch === 'string' ? parseArch(arch) : arch
  const nodes = childElements(root)
  const isHidden = (modifiers: Modifiers): boolean =>
    isModified(modifiers.column_invisible, scope as never) || modifiers.invisible === true
  const isLeftOut = ({ name, attributes }: FieldPlace): boolean => {
    const { optional } = attributes
    return optional !== undefined && (chosen === null ? optional === 'hide' : !chosen.has(name))
  }
  const all: ListColumn[] = []
  for (const node of nodes) {
    if (node.nodeName === 'field') {
      const place = placeOf(node, fields, model)
      if (place) all.push({ kind: 'field', place })
    } else if (node.nodeName === 'button' && !isHidden(modifiersOf(node))) {
      const last = all.at(-1)
      const button = readButton(node)
      if (last?.kind === 'buttons') all[all.length - 1] = { ...last, buttons: [...last.buttons, button] }
      else all.push({ kind: 'buttons', name: `buttons_${all.length}`, buttons: [button] })
    }
  }
  const places = all.flatMap((one) => (one.kind === 'field' ? one.place : []))
  const items = all.filter((one) => one.kind === 'buttons' || !(isHidden(one.place.modifiers) || isLeftOut(one.place)))
  const columns = items.flatMap((one) => (one.kind === 'field' ? one.place : []))
  const decorations = decorationsOf(root)
  // A field that is neither seen nor spoken of need not be read.
  const spoken = expressions(root, Object.values(decorations))
  const hidden = places.filter((place) => !columns.includes(place) && (!isLeftOut(place) || spoken.has(place.name)))
  const editable = attr(root, 'editable')
  const number = (name: string): number | null => Number(attr(root, name)) || null
  const edit = flag(root, 'edit', true)
  return {
    model,
    columns,
    items,
    hidden,
    optional: places
      .filter((place) => place.attributes['optional'] !== undefined && !isHidden(place.modifiers))
      .map((place) => ({ name: place.name, label: place.description.string, isShown: !isLeftOut(place) })),
    specification: specificationOf([...columns, ...hidden], models),
    defaultOrder: attr(root, 'default_order'),
    defaultGroupBy: (attr(root, 'default_group_by') ?? '').split(',').filter(Boolean),
    limit: number('limit'),
    groupsLimit: number('groups_limit'),
    countLimit: number('count_limit'),
    expand: flag(root, 'expand'),
    sample: flag(root, 'sample'),
    create: flag(root, 'create', true),
    creates: nodes
      .filter(({ nodeName }) => nodeName === 'control')
      .flatMap(childElements)
      .filter((node) => node.nodeName === 'create' && !isModified(modifiersOf(node).invisible, scope as never))
      .map((node) => ({ label: attr(node, 'string') ?? '', context: attr(node, 'context') })),
    edit,
    delete: flag(root, 'delete', true),
    duplicate: flag(root, 'duplicate', true),
    export: flag(root, 'export_xlsx', true),
    import: flag(root, 'import', true),
    editable: edit && (editable === 'top' || editable === 'bottom') ? editable : null,
    multiEdit: edit && flag(root, 'multi_edit'),
    openFormView: flag(root, 'open_form_view'),
    decorations,
    headerButtons: nodes
      .filter(({ nodeName }) => nodeName === 'header')
      .flatMap((header) => childElements(header).filter(({ nodeName }) => nodeName === 'button'))
      .map(readButton)
      .filter(({ modifiers }) => !isModified(modifiers.invisible, scope as never)),
  }
}

/** `decoration-danger` of a node and its like: kind -> expression. */
export function decorationsOf(node: XmlElement): Record<string, string> {
  return Object.fromEntries(
    Array.from(node.attributes)
      .filter(({ name }) => name.startsWith('decoration-'))
      .map(({ name, value }) => [name.slice('decoration-'.length), value]),
  )
}

/** Every name that an expression of the list speaks of. */
function expressions(root: XmlElement, more: readonly string[]): Set<string> {
  const texts = [...more]
  const collect = (node: XmlElement): void => {
    for (const { name, value } of Array.from(node.attributes))
      if (name.startsWith('decoration-') || ['invisible', 'readonly', 'required', 'context', 'domain'].includes(name))
        texts.push(value)
    for (const child of childElements(node)) collect(child)
  }
  for (const child of childElements(root)) collect(child)
  return new Set(texts.flatMap((text) => text.match(/[A-Za-z_]\w*/g) ?? []))
}
