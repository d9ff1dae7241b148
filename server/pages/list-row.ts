import { scopeOf } from '../../views/arch/modifiers.ts'
import type { PageContext, Values } from '../../views/page.ts'
import { rowView } from '../../views/types/list/row.ts'
import { RECORD_GONE } from '../errors.ts'
import { fragmentHtml } from './answer.ts'
import { askedPage } from './asked-page.ts'
import { withChoices } from './choices.ts'
import { shownRecord, wireValues, withLinked } from './form-record.ts'
import { listSetup, type ListSetup } from './kinds/list.ts'
import type { ViewRequest } from './kinds/kind.ts'
import type { PageCalls } from './page-call.ts'

/** A row of a list while a person edits it. */
export interface RowQuestion {
  /** The address of the list. */
  readonly path: string
  /** `null` for a row that is not saved yet. */
  readonly id: number | null
  /** Of a saved row what changed, of a new one everything, as forms hold values. */
  readonly changes: Values
}

/** What a new row is called until it has an id. */
export const NEW_ROW = 'virtual_new'

interface AskedRow {
  readonly request: ViewRequest
  readonly setup: ListSetup
  readonly saved: Values
}

/** A row as it is saved, or as it begins. */
async function askedRow(calls: PageCalls, { path, id }: RowQuestion): Promise<AskedRow> {
  const request = await askedPage(calls, path)
  const setup = listSetup(request)
  const { model, fields } = request
  const { specification } = setup.arch
  if (id === null) {
    const { value } = await request.calls.call<{ value: Values }>(model, 'onchange', [[], {}, [], specification])
    return { request, setup, saved: { ...shownRecord(fields, value).record, id: NEW_ROW } }
  }
  const [saved] = await request.calls.call<Values[]>(model, 'web_read', [[id]], { specification })
  if (!saved) throw new RECORD_GONE(model, id)
  return { request, setup, saved }
}

/** The row, open for editing or not, and what it holds. */
export async function drawRow(
  calls: PageCalls,
  question: RowQuestion & { editing: boolean },
): Promise<{ html: string; values: Values }> {
  const asked = await askedRow(calls, question)
  const { record } = shownRecord(asked.request.fields, asked.saved, question.changes)
  const row = await rowOf(asked, record, question.editing)
  return { html: fragmentHtml(row.template, row, calls.env.lang), values: record }
}

/** What changing one field of a row brings: values, and the cells that show them. */
export async function changeRow(
  calls: PageCalls,
  question: RowQuestion & { field: string; draw?: boolean },
): Promise<{ values: Values; cells: Readonly<Record<string, string>>; warning?: { message: string } }> {
  const asked = await askedRow(calls, question)
  const { request, setup, saved } = asked
  const { value, warning } = await request.calls.call<{ value: Values; warning?: { message: string } }>(
    request.model,
    'onchange',
    [
      question.id === null ? [] : [question.id],
      wireValues(question.changes),
      [question.field],
      setup.arch.specification,
    ],
  )
  const shown = shownRecord(request.fields, saved, question.changes, value).record
  const changed = new Set([...Object.keys(value), ...(question.draw ? [question.field] : [])])
  const linked = setup.arch.columns.filter(({ name }) => changed.has(name))
  const record = await withLinked(request.calls, shown, linked, setup.arch.specification, saved)
  const row = await rowOf(asked, record, true)
  const cells = (row['cells'] as readonly { readonly name: string }[])
    .filter(({ name }) => changed.has(name))
    .map((cell) => [cell.name, fragmentHtml('types/list/cell', { ...cell, editing: true }, calls.env.lang)])
  return { values: value, cells: Object.fromEntries(cells) as Record<string, string>, ...(warning ? { warning } : {}) }
}

/** Saves a row and draws it as it then is. */
export async function saveRow(calls: PageCalls, question: RowQuestion): Promise<{ id: number; html: string }> {
  const request = await askedPage(calls, question.path)
  const setup = listSetup(request)
  const [saved] = await request.calls.call<Values[]>(
    request.model,
    'web_save',
    [question.id === null ? [] : [question.id], wireValues(question.changes)],
    { specification: setup.arch.specification },
  )
  const row = await rowOf({ request, setup, saved: saved as Values }, saved as Values, false)
  return { id: Number(saved?.['id']), html: fragmentHtml(row.template, row, calls.env.lang) }
}

async function rowOf(
  { request, setup }: AskedRow,
  record: Values,
  editing: boolean,
): Promise<ReturnType<typeof rowView>> {
  const { calls, fields, page } = request
  const { arch, place } = setup
  const scope = scopeOf(record, fields, page.context)
  const drawn: PageContext = editing ? await withChoices(calls, page, arch.columns, scope) : page
  return rowView(arch, fields, record, drawn, place, { editing })
}
