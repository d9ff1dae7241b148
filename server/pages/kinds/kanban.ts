import type { Values } from '../../../views/page.ts'
import { readKanbanArch, type KanbanArch } from '../../../views/types/kanban/arch.ts'
import { boardView, gridView } from '../../../views/types/kanban/view-model.ts'
import { cardsOf, groupingOf, orderOf, readBoard, SMALL } from '../kanban/board.ts'
import { COUNT_LIMIT, pagerOf } from '../kanban/pager.ts'
import type { ShownView, ViewKind, ViewRequest } from './kind.ts'

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
