import { attr, childElements, type XmlElement } from '../arch/node.ts'
import { evaluated, isModified } from '../arch/modifiers.ts'
import { modifiersOf } from '../arch/read-modifiers.ts'
import type { Scope } from '../../core/expr/values.ts'
import type { FieldDescription, Fields, PageContext, Values, ViewNode } from '../page.ts'
import type { FieldPlace, FieldSpecification, Widget } from './widget.ts'

const byName = new Map<string, Widget>()
const byType = new Map<string, Widget>()

/** Makes a widget known; it becomes the usual one of the given kinds of field. */
export function register(widget: Widget, ...usualFor: readonly string[]): void {
  byName.set(widget.name, widget)
  for (const type of usualFor) byType.set(type, widget)
}

/** Lets archs name a widget otherwise, as several names of Odoo's stand for one way to show a field. */
export function alias(widget: Widget, ...names: readonly string[]): void {
  for (const name of names) byName.set(name, widget)
}

/** Every name that an archs' attribute `widget` may have. */
export const widgetNames = (): ReadonlySet<string> => new Set(byName.keys())

/** The widget of a field's place: the named one when it shows such fields, else the usual one of the kind. */
export function widgetOf({ attributes, description }: FieldPlace): Widget {
  const named = byName.get(attributes['widget'] ?? '')
  return named?.types.includes(description.type)
    ? named
    : (byType.get(description.type) ?? (byName.get('char') as Widget))
}

/** A field node of an arch with the description of its field; `undefined` for a field that the user may not see. */
export function placeOf(node: XmlElement, fields: Fields, model: string): FieldPlace | undefined {
  const name = attr(node, 'name') ?? ''
  const description = fields[name]
  if (!description) return undefined
  const attributes = Object.fromEntries(Array.from(node.attributes, ({ name, value }) => [name, value]))
  const modifiers = modifiersOf(node)
  if (description.readonly) modifiers.readonly ??= true
  if (description.required) modifiers.required ??= true
  return {
    model,
    name,
    description: labelled(description, attributes),
    attributes,
    options: evaluated(attributes['options'] ?? null, {}) as Values,
    modifiers,
    views: Object.fromEntries(childElements(node).map((child) => [child.nodeName, child])),
  }
}

/** What must be read for the places of a view. */
export function specificationOf(
  places: readonly FieldPlace[],
  models: PageContext['models'],
): Record<string, FieldSpecification> {
  const specification: Record<string, FieldSpecification> = {}
  for (const place of places) {
    const widget = widgetOf(place)
    specification[place.name] = widget.specification?.(place, models) ?? {}
    for (const name of widget.needs?.(place) ?? []) specification[name] ??= {}
  }
  return specification
}

/** A field of a record as its widget draws it. `where` is the view that it stands in. */
export function fieldView(
  place: FieldPlace,
  record: Values,
  page: PageContext,
  where: {
    readonly place: 'list' | 'form' | 'kanban'
    readonly mode: 'read' | 'edit'
    readonly scope: Scope
    readonly prefix: string
  },
): ViewNode {
  const widget = widgetOf(place)
  const domId = `${where.prefix}${place.name}`
  const { modifiers } = place
  const readonly = isModified(modifiers.readonly, where.scope)
  // A constant never becomes editable; what an expression decides is an input that the browser opens and closes.
  const mode = where.mode === 'edit' && modifiers.readonly !== true ? 'edit' : 'read'
  const dynamic = Object.fromEntries(Object.entries(modifiers).filter(([, value]) => typeof value === 'string'))
  return {
    template: `widgets/${widget.name}/${mode}`,
    name: place.name,
    widget: widget.name,
    type: place.description.type,
    label: place.description.string,
    help: place.description.help,
    className: place.attributes['class'],
    // only of a record that is saved is there something to translate
    translated: place.description.translate === true && where.place === 'form' && typeof record['id'] === 'number',
    placeholder: place.attributes['placeholder'],
    place: where.place,
    mode,
    domId,
    alignRight: widget.alignRight === true,
    invisible: isModified(modifiers.invisible, where.scope),
    readonly,
    required: isModified(modifiers.required, where.scope),
    modifiers: Object.keys(dynamic).length > 0 ? dynamic : null,
    ...widget.view({
      place,
      value: record[place.name],
      record,
      page,
      domId,
      mode,
      view: where.place,
      readonly,
      scope: where.scope,
    }),
  }
}

function labelled(description: FieldDescription, { string, help }: Readonly<Record<string, string>>): FieldDescription {
  return { ...description, ...(string === undefined ? {} : { string }), ...(help === undefined ? {} : { help }) }
}
