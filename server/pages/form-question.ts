import type { PageContext, Values } from '../../views/page.ts'
import { readFormArch, type FormArch } from '../../views/types/form/view-model.ts'
import { formAction } from './action.ts'
import type { PageCalls } from './page-call.ts'
import { pageContext } from './page-context.ts'
import { viewsOf } from './views.ts'

/** What a form of a page tells of itself with every question. */
export interface FormQuestion {
  readonly model: string
  readonly view: number | false
  readonly context: Values
  readonly id: number | null
  /** In front of ids of the form's elements. */
  readonly prefix?: string
  /** Of a saved record what changed, of a new one everything; as forms hold it: a many2one as `{ id, display_name }`. */
  readonly changes: Values
}

/** The form that a question is about, with what it is drawn with and what is saved of its record. */
export interface AskedForm {
  readonly arch: FormArch
  readonly page: PageContext
  readonly ids: readonly number[]
  readonly saved: Values
}

/** Finds the form of a question and reads what is saved; `more` raises how many lines of a field are read. */
export async function askedForm(
  calls: PageCalls,
  { model, view, context, id }: FormQuestion,
  more?: { readonly field: string; readonly limit: number },
): Promise<AskedForm> {
  const { views, models } = await viewsOf(calls, formAction(model, view), ['form'])
  const arch = readFormArch(views['form']?.arch ?? '<form/>', model, models)
  const ids = id === null ? [] : [id]
  const specification = more
    ? { ...arch.specification, [more.field]: { ...arch.specification[more.field], limit: more.limit } }
    : arch.specification
  const [saved = {}] =
    id === null ? [] : await calls.call<Values[]>(model, 'web_read', [ids], { specification, context })
  return { arch, page: await pageContext(calls, models), ids, saved }
}
