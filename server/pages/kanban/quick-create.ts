import type { Fields, Values, ViewNode } from '../../../views/page.ts'
import { formView, readFormArch } from '../../../views/types/form/view-model.ts'
import { formAction } from '../action.ts'
import { shownRecord, wireValues } from '../form-record.ts'
import { withContext, type PageCalls } from '../page-call.ts'
import { pageContext } from '../page-context.ts'
import { viewsOf } from '../views.ts'
import { typedValue, type Grouping } from './board.ts'
import type { AskedBoard } from './patch.ts'

/** Calls that create records in a column: its value is the default of the field that the board is grouped by. */
export function inColumn(calls: PageCalls, { field }: Grouping, key: string): PageCalls {
  const value = typedValue(key, field)
  const fallback = field.type === 'many2many' ? (value === false ? [] : [[4, value, 0]]) : value
  return withContext(calls, { [`default_${field.name}`]: fallback })
}

/** The few fields of a new card: those of the form that the arch names, else the name alone. */
export async function quickForm({ request, arch }: AskedBoard, grouping: Grouping, key: string): Promise<ViewNode> {
  const calls = inColumn(request.calls, grouping, key)
  const { model } = request
  const known = arch.quickCreateView === null ? undefined : await calls.env.xmlId(arch.quickCreateView)
  if (known?.[0] !== 'ir.ui.view') return { template: 'types/kanban/quick', form: null }
  const [, view] = known
  const { views, models } = await viewsOf(calls, formAction(model, view), ['form'])
  const form = readFormArch(views['form']?.arch ?? '<form/>', model, models)
  const { value } = await calls.call<{ value: Values }>(model, 'onchange', [[], {}, [], form.specification])
  const { record } = shownRecord(models[model] as Fields, value)
  const page = await pageContext(calls, models)
  return {
    template: 'types/kanban/quick',
    form: formView(form, { model, record, page, mode: 'edit', view, prefix: 'q_' }),
  }
}

/** Creates the record of such a form: from its values, or from a name alone. */
export async function createCard(
  { request }: AskedBoard,
  grouping: Grouping,
  key: string,
  given: { readonly name: string } | { readonly values: Values },
): Promise<number> {
  const { call } = inColumn(request.calls, grouping, key)
  const { model } = request
  if ('name' in given) return (await call<[number, string]>(model, 'name_create', [given.name]))[0]
  const [record] = await call<{ id: number }[]>(model, 'web_save', [[], wireValues(given.values)], {
    specification: {},
  })
  return record?.id as number
}
