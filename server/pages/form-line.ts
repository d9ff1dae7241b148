import { evaluated, scopeOf } from '../../views/arch/modifiers.ts'
import type { Line, LineId } from '../../views/lines.ts'
import type { Scope } from '../../core/expr/values.ts'
import type { Fields, PageContext, Values } from '../../views/page.ts'
import type { FieldPlace } from '../../views/widgets/widget.ts'
import { lineArch, lineView } from '../../views/widgets/one2many/line.ts'
import { LINE_GONE } from '../errors.ts'
import { fragmentHtml } from './answer.ts'
import { withChoices } from './choices.ts'
import { askedForm, type FormQuestion } from './form-question.ts'
import { shownRecord, wireValues } from './form-record.ts'
import type { PageCalls } from './page-call.ts'

export interface AskedLine extends FormQuestion {
  readonly field: string
  /** `null` for a new line, with its defaults. */
  readonly line: LineId | null
  readonly editing: boolean
  /** The context of the way in which a new line is added, an expression over the record. */
  readonly with?: string
}

/** The row of a line, and for a new one the values that it begins with. @throws LINE_GONE */
export async function drawLine(calls: PageCalls, asked: AskedLine): Promise<{ html: string; values: Values }> {
  const { model, field, changes, context } = asked
  const form = await askedForm(calls, asked)
  const { page, arch } = form
  const place = arch.places.find((one) => one.name === field)
  if (!place?.description.relation) throw new LINE_GONE(model, field, asked.line)
  const { record } = shownRecord(page.models[model] as Fields, form.saved, changes)
  const scope = scopeOf(record, page.models[model] as Fields, page.context)
  let line: Line | undefined
  if (asked.line === null) {
    const inverse = place.description.relation_field
    const parent = inverse
      ? { [inverse]: { ...wireValues({ ...changes, [field]: [] }), ...(asked.id === null ? {} : { id: asked.id }) } }
      : {}
    const { specification } = lineArch(place, page.models, {})
    const { value } = await calls.call<{ value: Values }>(
      place.description.relation,
      'onchange',
      [[], parent, [], specification],
      {
        context: {
          ...context,
          ...(evaluated(place.attributes['context'] ?? null, scope) as Values),
          ...(evaluated(asked.with ?? null, scope) as Values),
        },
      },
    )
    line = { ...shownRecord(page.models[place.description.relation] as Fields, value).record, id: 'virtual_new' }
  } else line = ((record[field] as readonly Line[] | undefined) ?? []).find(({ id }) => id === asked.line)
  if (!line) throw new LINE_GONE(model, field, asked.line)
  return { html: await drawnLine(calls, page, place, line, { editing: asked.editing, parent: scope }), values: line }
}

/** HTML of a row; one that is open for editing offers what its columns choose from. */
export async function drawnLine(
  calls: PageCalls,
  page: PageContext,
  place: FieldPlace,
  line: Line,
  options: { readonly editing: boolean; readonly parent: Scope },
): Promise<string> {
  const fields = page.models[place.description.relation ?? ''] ?? {}
  const shown = options.editing
    ? await withChoices(
        calls,
        page,
        lineArch(place, page.models, {}).columns,
        scopeOf(line, fields, page.context, options.parent),
      )
    : page
  return fragmentHtml(
    'widgets/one2many/line',
    { ...lineView(place, line, shown, options), tools: true },
    calls.env.lang,
  )
}

/** So many lines come at once when somebody asks for more. */
const MORE = 200

/** Lines from a place on that the form left out, with their rows; `left` is how many there are still. */
export async function drawMoreLines(
  calls: PageCalls,
  asked: FormQuestion & { field: string; from: number },
): Promise<{ lines: readonly Line[]; html: string; left: number }> {
  const { model, field, from } = asked
  const form = await askedForm(calls, asked, { field, limit: from + MORE })
  const place = form.arch.places.find((one) => one.name === field)
  if (!place) throw new LINE_GONE(model, field, from)
  const { record } = shownRecord(form.page.models[model] as Fields, form.saved, asked.changes)
  const parent = scopeOf(record, form.page.models[model] as Fields, form.page.context)
  const all = (record[field] as readonly Line[] | undefined) ?? []
  const lines = all.slice(from, from + MORE)
  const html = lines
    .map((line) =>
      fragmentHtml(
        'widgets/one2many/line',
        { ...lineView(place, line, form.page, { editing: false, parent }), tools: true },
        calls.env.lang,
      ),
    )
    .join('')
  return { lines, html, left: Math.max(0, all.length - from - MORE) }
}
