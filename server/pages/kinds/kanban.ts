import type { Values } from '../../../views/page.ts'
import { readKanbanArch, type KanbanArch } from '../../../views/types/kanban/arch.ts'
import { boardView, gridView } from '../../../views/types/kanban/view-model.ts'
import { cardsOf, groupingOf, orderOf, readBoard, SMALL } from '../kanban/board.ts'
import type { Pager, ShownView, ViewKind, ViewRequest } from './kind.ts'

/** Counting stops here: nobody looks through ten thousand cards. */
const COUNT_LIMIT = 10_001

export const kanban: ViewKind = {
  type: 'kanban',
  icon: 'kanban',
  label: 'Kanban',
  async show(request: ViewRequest): Promise<ShownView> {
    const arch = readKanbanArch(request.arch, request.model, request.page.models)
    const grouping = groupingOf(request, arch)
    if (grouping === null) return grid(request, arch)
    const { board, columns } = await readBoard(request, arch, grouping, true)
    return { content: boardView(board, columns, columns.length === 0 ? empty(request) : null), canCreate: arch.create }
  },
}

/** Cards side by side, page by page. */
async function grid(request: ViewRequest, arch: KanbanArch): Promise<ShownView> {
  const { calls, action, model, search, state } = request
  const limit = arch.limit ?? action.limit
  const offset = (state.page - 1) * limit
  const { records, length } = await calls.call<{ records: Values[]; length: number }>(model, 'web_search_read', [], {
    domain: search.domain,
    specification: arch.specification,
    offset,
    limit,
    order: orderOf(request, arch) ?? false,
    count_limit: COUNT_LIMIT,
    context: SMALL,
  })
  return {
    content: gridView(cardsOf(request, arch), action.id, records, empty(request)),
    pager: pagerOf(request, offset, records.length, length),
    canCreate: arch.create,
  }
}

const empty = ({ action }: ViewRequest): { template: string; help: string | false } => ({
  template: 'types/kanban/empty',
  help: action.help,
})

function pagerOf({ state, href }: ViewRequest, offset: number, shown: number, length: number): Pager {
  return {
    from: shown > 0 ? offset + 1 : 0,
    to: offset + shown,
    total: length >= COUNT_LIMIT ? `${COUNT_LIMIT - 1}+` : length,
    previous: state.page > 1 ? href({ page: state.page - 1 }) : null,
    next: offset + shown < length ? href({ page: state.page + 1 }) : null,
  }
}
