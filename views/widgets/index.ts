import { attr, type XmlElement } from '../arch/node.ts'
import { evaluated, isModified } from '../arch/modifiers.ts'
import { modifiersOf } from '../arch/read-modifiers.ts'
import type { Scope } from '../../core/expr/values.ts'
import type { FieldDescription, Fields, PageContext, Values, ViewNode } from '../page.ts'
import type { FieldPlace, FieldSpecification, Widget } from './widget.ts'
import { widget as boolean } from './boolean/widget.ts'
import { widget as char } from './char/widget.ts'
import { widget as date } from './date/widget.ts'
import { widget as datetime } from './datetime/widget.ts'
import { widget as float } from './float/widget.ts'
import { widget as integer } from './integer/widget.ts'
import { widget as many2many_tags } from './many2many_tags/widget.ts'
import { widget as many2one } from './many2one/widget.ts'
import { widget as monetary } from './monetary/widget.ts'
import { widget as selection } from './selection/widget.ts'
import { widget as text } from './text/widget.ts'

const ALL: readonly Widget[] = [boolean, char, date, datetime, float, integer, many2many_tags, many2one, monetary, selection, text]
const BY_NAME: ReadonlyMap<string, Widget> = new Map(ALL.map((widget) => [widget.name, widget]))

/** The widget that shows a kind of field when the arch names none. */
const BY_TYPE: Readonly<Record<string, Widget>> = { boolean, char, date, datetime, float, integer, many2one_reference: integer, many2many: many2many_tags, one2many: many2many_tags, many2one, monetary, selection, text, html: text }

/** The widget of a field's place: the named one when it shows such fields, else the usual one of the kind. */
export function widgetOf({ attributes, description }: FieldPlace): Widget {
  const named = BY_NAME.get(attributes['widget'] ?? '')
  return named?.types.includes(description.type) ? named : (BY_TYPE[description.type] ?? char)
}

/** A field node of an arch with the description of its field; `undefined` for a field that the user may not see. */
export function placeOf(node: XmlElement, fields: Fields): FieldPlace | undefined {
  const name = attr(node, 'name') ?? ''
  const description = fields[name]
  if (!description) return undefined
  const attributes = Object.fromEntries(Array.from(node.attributes, ({ name, value }) => [name, value]))
  const modifiers = modifiersOf(node)
  if (description.readonly) modifiers.readonly ??= true
  if (description.required) modifiers.required ??= true
  return { name, description: labelled(description, attributes), attributes, options: evaluated(attributes['options'] ?? null, {}) as Values, modifiers }
}

/** What must be read for the places of a view. */
export function specificationOf(places: readonly FieldPlace[]): Record<string, FieldSpecification> {
  const specification: Record<string, FieldSpecification> = {}
  for (const place of places) {
    const widget = widgetOf(place)
    specification[place.name] = widget.specification?.(place) ?? {}
    for (const name of widget.needs?.(place) ?? []) specification[name] ??= {}
  }
  return specification
}

/** A field of a record as its widget draws it. `where` is the view that it stands in. */
export function fieldView(
  place: FieldPlace,
  record: Values,
  page: PageContext,
  where: { readonly place: 'list' | 'form' | 'kanban'; readonly mode: 'read' | 'edit'; readonly scope: Scope; readonly prefix: string },
): ViewNode {
  const widget = widgetOf(place)
  const domId = `${where.prefix}${place.name}`
  const { modifiers } = place
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
    placeholder: place.attributes['placeholder'],
    place: where.place,
    mode,
    domId,
    alignRight: widget.alignRight === true,
    invisible: isModified(modifiers.invisible, where.scope),
    readonly: isModified(modifiers.readonly, where.scope),
    required: isModified(modifiers.required, where.scope),
    modifiers: Object.keys(dynamic).length > 0 ? dynamic : null,
    ...widget.view({ place, value: record[place.name], record, page, domId }),
  }
}

function labelled(description: FieldDescription, { string, help }: Readonly<Record<string, string>>): FieldDescription {
  return { ...description, ...(string === undefined ? {} : { string }), ...(help === undefined ? {} : { help }) }
}
