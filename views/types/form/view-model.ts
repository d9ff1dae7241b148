import type { Scope } from '../../../core/expr/values.ts'
import { fieldNodes, parseArch, type XmlElement } from '../../arch/node.ts'
import { scopeOf } from '../../arch/modifiers.ts'
import type { Fields, PageContext, Values, ViewNode } from '../../page.ts'
import type { FieldPlace } from '../../widgets/widget.ts'
import { placeOf, specificationOf } from '../../widgets/place.ts'
import { drawField } from './nodes/field.ts'
import { drawNodes } from './nodes/index.ts'

/** A form's arch, read once: its fields and what they need. */
export interface FormArch {
  readonly root: XmlElement
  readonly places: readonly FieldPlace[]
  readonly specification: ReturnType<typeof specificationOf>
}

/** What drawing a form goes by. */
export interface FormDrawing {
  readonly model: string
  readonly fields: Fields
  readonly record: Values
  readonly page: PageContext
  readonly scope: Scope
  readonly mode: 'read' | 'edit'
  /** In front of ids of the page's elements, so that two forms of a page do not share any. */
  readonly prefix: string
}

/** The fields of a form and what must be read for them. */
export function readFormArch(arch: string, model: string, models: PageContext['models']): FormArch {
  const fields = models[model] ?? {}
  const root = parseArch(arch)
  const places = fieldNodes(root).flatMap((node) => placeOf(node, fields, model) ?? [])
  return { root, places, specification: specificationOf(places, models) }
}

export interface FormOptions {
  readonly model: string
  readonly record: Values
  readonly page: PageContext
  readonly mode: 'read' | 'edit'
  readonly prefix?: string
  /** The view's id, for questions about it. */
  readonly view?: number | false
}

/** A record in a form, as its template draws it. */
export function formView(arch: FormArch, options: FormOptions): ViewNode {
  const { model, record, page } = options
  const drawing = drawingOf(options)
  const { fields } = drawing
  const { __version: version = null, ...values } = record
  return {
    template: 'types/form/template',
    model,
    id: record['id'] || null,
    children: drawNodes(arch.root, drawing),
    state: {
      model,
      id: record['id'] || null,
      view: options.view ?? false,
      prefix: drawing.prefix,
      version,
      values,
      specification: arch.specification,
      types: Object.fromEntries(Object.values(fields).map(({ name, type }) => [name, type])),
      context: page.context,
    },
  }
}

/** Whether the form asks for the record's thread beside it: `<chatter/>`. */
export function hasChatter(arch: FormArch): boolean {
  return arch.root.getElementsByTagName('chatter').length > 0
}

/** One field of a form, drawn anew; `undefined` when the form does not show it. */
export function drawnField(arch: FormArch, name: string, options: FormOptions): ViewNode | undefined {
  const node = fieldNodes(arch.root).find((one) => one.getAttribute('name') === name)
  return node && drawField(node, drawingOf(options), false)
}

function drawingOf({ model, record, page, mode, prefix = 'f_' }: FormOptions): FormDrawing {
  const fields = page.models[model] ?? {}
  return { model, fields, record, page, scope: scopeOf(record, fields, page.context), mode, prefix }
}
