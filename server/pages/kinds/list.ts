import type { Values } from '../../../views/page.ts'
import { listView, readListArch } from '../../../views/types/list/view-model.ts'
import type { Pager, ShownView, ViewKind, ViewRequest } from './kind.ts'

/** Counting stops here: nobody reads ten thousand rows, and the database need not. */
const COUNT_LIMIT = 10_001

export const list: ViewKind = {
  type: 'list',
  icon: 'list-ul',
  label: 'List',
  async show(request: ViewRequest): Promise<ShownView> {
    const { calls, action, model, fields, page, search, state } = request
    const arch = readListArch(request.arch, model, page.models, page.context)
    const limit = arch.limit ?? action.limit
    const order = state.order ?? search.order ?? arch.defaultOrder
    const offset = (state.page - 1) * limit
    const { records, length } = await calls.call<{ records: Values[]; length: number }>(model, 'web_search_read', [], {
      domain: search.domain,
      specification: arch.specification,
      offset,
      limit,
      order: order ?? false,
      count_limit: COUNT_LIMIT,
    })
    const content = listView(arch, fields, records, page, {
      order,
      href: (id) => request.recordHref(id),
      sortHref: (field, descending) => request.href({ order: descending ? `${field} desc` : field, page: 1 }),
    })
    return { content, pager: pagerOf(request, offset, records.length, length), canCreate: arch.create }
  },
}

function pagerOf({ state, href }: ViewRequest, offset: number, shown: number, length: number): Pager {
  return {
    from: shown > 0 ? offset + 1 : 0,
    to: offset + shown,
    total: length >= COUNT_LIMIT ? `${COUNT_LIMIT - 1}+` : length,
    previous: state.page > 1 ? href({ page: state.page - 1 }) : null,
    next: offset + shown < length ? href({ page: state.page + 1 }) : null,
  }
}
