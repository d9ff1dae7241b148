import type { Scope } from '../../../core/expr/values.ts'
import { isModified, scopeOf } from '../../arch/modifiers.ts'
import type { Line } from '../../lines.ts'
import type { Fields, PageContext, Values, ViewNode } from '../../page.ts'
import { readListArch, type ListArch } from '../../types/list/view-model.ts'
import { fieldView, widgetOf } from '../place.ts'
import type { FieldPlace } from '../widget.ts'

/** The list that an x2many field shows of its lines: the one in the arch, else the names. */
export function lineArch(place: FieldPlace, models: PageContext['models'], scope: Values): ListArch {
  const model = place.description.relation ?? ''
  const list = place.views['list'] ?? '<list><field name="display_name"/></list>'
  const withName = {
    ...models,
    [model]: { display_name: { name: 'display_name', type: 'char', string: '' }, ...models[model] },
  }
  return readListArch(list, model, withName, scope)
}

/** A line as its template draws it: `editing` lines are inputs. */
export function lineView(
  place: FieldPlace,
  line: Line,
  page: PageContext,
  options: { readonly editing: boolean; readonly parent: Scope },
): ViewNode {
  const fields: Fields = page.models[place.description.relation ?? ''] ?? {}
  const arch = lineArch(place, page.models, { ...page.context, parent: options.parent } as Values)
  const scope = scopeOf(line, fields, page.context, options.parent)
  const cells: readonly ViewNode[] = arch.columns.map((column) => ({
    ...fieldView(column, line, page, {
      place: 'list',
      mode: options.editing ? 'edit' : 'read',
      scope,
      prefix: `${place.name}_${line.id}_`,
    }),
    alignRight: widgetOf(column).alignRight === true,
  }))
  const section = sectionOf(place, line)
  const decorations = Object.entries(arch.decorations).filter(([, expression]) => isModified(expression, scope))
  return {
    template: 'widgets/one2many/line',
    id: line.id,
    editing: options.editing,
    cells: section ? across(cells) : cells,
    classes: [...decorations.map(([name]) => `o_decoration_${name}`), ...(section ? [`o_${section}`] : [])].join(' '),
  }
}

/** Widgets whose lines may be sections and notes, as the field `display_type` says. */
const WITH_SECTIONS: ReadonlySet<string> = new Set([
  'section_and_note_one2many',
  'sol_o2m',
  'product_label_section_and_note_field',
])

/** `line_section`, `line_note`, or none for a usual line. */
function sectionOf({ attributes }: FieldPlace, line: Line): string | null {
  const type = line['display_type']
  return WITH_SECTIONS.has(attributes['widget'] ?? '') && (type === 'line_section' || type === 'line_note')
    ? type
    : null
}

/** Of a section only the grip and the text are shown: the text goes across. */
function across(cells: readonly ViewNode[]): readonly ViewNode[] {
  const grips = cells.filter((cell) => cell['widget'] === 'handle')
  const text = cells.find((cell) => cell['name'] === 'name')
  return text ? [...grips, { ...text, alignRight: false, span: cells.length - grips.length }] : cells
}
