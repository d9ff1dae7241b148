import { evaluate } from '../../core/expr/evaluate.ts'
import type { Scope } from '../../core/expr/values.ts'
import type { Fields, Values, ViewNode } from '../../views/page.ts'
import { searchQuery, type SearchState } from '../../views/types/search/state.ts'
import { listView, readListArch } from '../../views/types/list/view-model.ts'
import type { WindowAction } from './action.ts'
import { pathOf, type Step } from './address.ts'
import type { PageCalls } from './page-call.ts'
import { pageContext } from './page-context.ts'
import { viewsOf } from './views.ts'

/** Counting stops here: nobody reads ten thousand rows, and the database need not. */
const COUNT_LIMIT = 10_001

export interface Shown {
  readonly content: ViewNode
  readonly pager: object | null
}

/** The list of an action's records as the address asks for it. */
export async function recordList(
  calls: PageCalls,
  action: WindowAction,
  steps: readonly Step[],
  state: SearchState,
): Promise<Shown> {
  const model = action.res_model
  const { views, models } = await viewsOf(calls, action, ['list', 'search'])
  const fields = models[model] as Fields
  const page = await pageContext(calls, models)
  const arch = readListArch(views['list']?.arch ?? '<list/>', model, models, page.context)
  const limit = arch.limit ?? action.limit
  const order = state.order ?? arch.defaultOrder
  const domain = actionDomain(action, page.context)
  const offset = (state.page - 1) * limit
  const { records, length } = await calls.call<{ records: Values[]; length: number }>(model, 'web_search_read', [], {
    domain,
    specification: arch.specification,
    offset,
    limit,
    order: order ?? false,
    count_limit: COUNT_LIMIT,
  })
  const base = pathOf(steps)
  const query = searchQuery(state)
  const content = listView(arch, fields, records, page, {
    order,
    href: (id) => `${base}/${id}${query && `?in=${encodeURIComponent(query.slice(1))}`}`,
    sortHref: (field, descending) =>
      base + searchQuery({ ...state, order: descending ? `${field} desc` : field, page: 1 }),
  })
  const pageHref = (page: number): string => base + searchQuery({ ...state, page })
  const pager = {
    from: records.length > 0 ? offset + 1 : 0,
    to: offset + records.length,
    total: length >= COUNT_LIMIT ? `${COUNT_LIMIT - 1}+` : length,
    previous: state.page > 1 ? pageHref(state.page - 1) : null,
    next: offset + records.length < length ? pageHref(state.page + 1) : null,
  }
  return { content, pager }
}

/** The domain of an action, which may speak of the user and of today. */
export function actionDomain(action: WindowAction, context: Values): readonly unknown[] {
  if (Array.isArray(action.domain)) return action.domain
  if (typeof action.domain !== 'string' || action.domain.trim() === '') return []
  return evaluate(action.domain, {
    ...context,
    context,
    active_id: context['active_id'] ?? false,
    active_ids: context['active_ids'] ?? [],
  } as unknown as Scope) as readonly unknown[]
}
