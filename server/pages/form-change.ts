import { isCommands, type LineId, type WireCommand } from '../../views/lines.ts'
import type { Fields, Values } from '../../views/page.ts'
import { scopeOf } from '../../views/arch/modifiers.ts'
import { drawnField } from '../../views/types/form/view-model.ts'
import { lineArch } from '../../views/widgets/one2many/line.ts'
import type { Line } from '../../views/lines.ts'
import { fragmentHtml } from './answer.ts'
import { withChoices } from './choices.ts'
import { askedForm, type AskedForm, type FormQuestion } from './form-question.ts'
import { shownRecord, wireValues, withLinked } from './form-record.ts'
import { drawnLine } from './form-line.ts'
import type { PageCalls } from './page-call.ts'

export interface ChangedForm {
  /** What the form's draft has to take over. */
  readonly values: Values
  /** Field -> its HTML. */
  readonly patches: Readonly<Record<string, string>>
  /** Field -> line -> its HTML. */
  readonly rows: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly warning?: { readonly title: string; readonly message: string }
}

export interface Change extends FormQuestion {
  readonly field: string
  /** The field of a line that was changed. */
  readonly line?: { readonly id: LineId; readonly name: string }
  /** Whether the changed field is to be drawn anew too. */
  readonly draw?: boolean
  /** Lines that are open for editing. */
  readonly editing: Readonly<Record<string, LineId>>
}

interface Onchange {
  readonly value: Values
  readonly warning?: { readonly title: string; readonly message: string }
}

/** What changing one field brings: values, and the HTML of what shows them, in one answer. */
export async function changeForm(calls: PageCalls, change: Change): Promise<ChangedForm> {
  const { model, context, field } = change
  const form = await askedForm(calls, change)
  const fields = form.page.models[model] as Fields
  const inLine = change.line ? await changeLine(calls, change, form, change.line) : undefined
  const changes = inLine ? { ...change.changes, [field]: inLine.commands } : change.changes
  const { value, warning } = await calls.call<Onchange>(
    model,
    'onchange',
    [form.ids, wireValues(changes), [field], form.arch.specification],
    { context },
  )
  const values = inLine
    ? { ...value, [field]: [...inLine.own, ...((value[field] as WireCommand[] | undefined) ?? [])] }
    : value
  const shown = shownRecord(fields, form.saved, changes, value).record
  const linked = form.arch.places.filter(({ name }) => name in value || (change.draw && name === field))
  const record = await withLinked(calls, shown, linked, form.arch.specification, form.saved)
  const drawn = await drawChanged(calls, change, form, record, values)
  const told = inLine?.warning ?? warning
  return { values, ...drawn, ...(told ? { warning: told } : {}) }
}

/** What a line itself says to a change in it, before its parent is asked. */
async function changeLine(
  calls: PageCalls,
  change: Change,
  form: AskedForm,
  { id, name }: { id: LineId; name: string },
): Promise<{
  commands: readonly WireCommand[]
  own: readonly WireCommand[]
  warning?: Onchange['warning']
}> {
  const place = form.arch.places.find((one) => one.name === change.field)
  const commands = change.changes[change.field]
  const description = place?.description
  if (!place || !description?.relation || !isCommands(commands)) return { commands: [], own: [] }
  const mine = commands.find((command) => command[1] === id && (command[0] === 0 || command[0] === 1))
  if (!mine) return { commands, own: [] }
  const specification = lineArch(place, form.page.models, {}).specification
  const inverse = description.relation_field
  const parent = inverse
    ? {
        [inverse]: {
          ...wireValues({ ...change.changes, [change.field]: [] }),
          ...(change.id === null ? {} : { id: change.id }),
        },
      }
    : {}
  const values = { ...wireValues(mine[2] as Values), ...parent }
  const ids = typeof id === 'number' ? [id] : []
  const { value, warning } = await calls.call<Onchange>(
    description.relation,
    'onchange',
    [ids, values, [name], specification],
    { context: change.context },
  )
  const after: WireCommand = [mine[0], id, { ...(mine[2] as Values), ...value }]
  return {
    commands: commands.map((command) => (command === mine ? after : command)),
    own: Object.keys(value).length > 0 ? [[1, id, value]] : [],
    ...(warning ? { warning } : {}),
  }
}

async function drawChanged(
  calls: PageCalls,
  { model, editing, line, field, draw, prefix }: Change,
  form: AskedForm,
  record: Values,
  values: Values,
): Promise<Pick<ChangedForm, 'patches' | 'rows'>> {
  const { arch } = form
  const { lang } = calls.env
  const patches: Record<string, string> = {}
  const rows: Record<string, Record<string, string>> = {}
  const scope = scopeOf(record, form.page.models[model] as Fields, form.page.context)
  const shown = Object.keys(values).concat(draw ? [field] : [])
  const page = await withChoices(
    calls,
    form.page,
    arch.places.filter(({ name }) => shown.includes(name)),
    scope,
  )
  const own = draw && !(field in values) ? { [field]: record[field] } : {}
  for (const [name, value] of Object.entries({ ...own, ...values })) {
    const place = arch.places.find((one) => one.name === name)
    if (!place) continue
    if (isCommands(value) && place.description.type === 'one2many') {
      const touched = new Set(value.map(([, id]) => id))
      if (line && field === name) touched.add(line.id)
      const lines = (record[name] as readonly Line[] | undefined) ?? []
      rows[name] = {}
      for (const one of lines.filter(({ id }) => touched.has(id)))
        rows[name][one.id] = await drawnLine(calls, form.page, place, one, {
          editing: editing[name] === one.id,
          parent: scope,
        })
    } else {
      const node = drawnField(arch, name, { model, record, page, mode: 'edit', ...(prefix ? { prefix } : {}) })
      if (node) patches[name] = fragmentHtml(node.template, node, lang)
    }
  }
  return { patches, rows }
}
