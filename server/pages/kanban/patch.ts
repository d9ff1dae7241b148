import type { Values } from '../../../views/page.ts'
import { parseSearch } from '../../../views/types/search/state.ts'
import { readKanbanArch, type KanbanArch } from '../../../views/types/kanban/arch.ts'
import { cardView } from '../../../views/types/kanban/card.ts'
import { headView } from '../../../views/types/kanban/view-model.ts'
import { BOARD_UNGROUPED } from '../../errors.ts'
import { actionOf, givenAction } from '../action.ts'
import { parseAddress, withoutRecord } from '../address.ts'
import { fragmentHtml } from '../answer.ts'
import type { ViewRequest } from '../kinds/kind.ts'
import { viewRequest } from '../multi-page.ts'
import type { PageCalls } from '../page-call.ts'
import { cardsOf, groupingOf, readBoard, SMALL, type ReadBoard } from './board.ts'

/** What changed on a board that a browser shows. */
export interface BoardPatch {
  /** Key of a column -> HTML of its head; `null` for one that has no records any more. */
  readonly heads: Readonly<Record<string, string | null>>
  /** Id of a record -> HTML of its card; `null` for one that the board does not show any more. */
  readonly cards: Readonly<Record<string, string | null>>
}

/** A board as the address of a page asks for it. */
export interface AskedBoard {
  readonly request: ViewRequest
  readonly arch: KanbanArch
}

/** The board of an address, for whatever works on it. */
export async function askedBoard(calls: PageCalls, path: string): Promise<AskedBoard> {
  const url = new URL(path, 'http://localhost')
  const steps = withoutRecord(parseAddress(url.pathname))
  const state = parseSearch(url.searchParams)
  const action = givenAction(await actionOf(calls, steps.at(-1) ?? {}), state.given)
  const request = await viewRequest(calls, action, steps, state)
  return { request, arch: readKanbanArch(request.arch, request.model, request.page.models) }
}

/** The columns of such a board without their cards. @throws BOARD_UNGROUPED */
export async function columnsOf({ request, arch }: AskedBoard): Promise<ReadBoard> {
  const grouping = groupingOf(request, arch)
  if (grouping === null) throw new BOARD_UNGROUPED(request.model)
  return readBoard(request, arch, grouping, false)
}

/** Heads of columns and cards of records, drawn as they now are. */
export async function patchOf(asked: AskedBoard, keys: readonly string[], ids: readonly number[]): Promise<BoardPatch> {
  const { request, arch } = asked
  const { lang } = request.calls.env
  const isGrouped = groupingOf(request, arch) !== null
  const read = isGrouped && keys.length > 0 ? await columnsOf(asked) : null
  const shown = read?.columns.filter(({ key }) => keys.includes(key)) ?? []
  const heads = shown.map((column): [string, string] => [
    column.key,
    fragmentHtml('types/kanban/head', headView(column, (read as ReadBoard).board), lang),
  ])
  const cards = await cardsHtml(asked, ids)
  return {
    heads: { ...Object.fromEntries(keys.map((key) => [key, null])), ...Object.fromEntries(heads) },
    cards: Object.fromEntries(ids.map((id) => [id, cards.get(id) ?? null])),
  }
}

/** HTML of the cards of those records that are there and visible, in order. */
export async function cardsHtml(
  { request, arch }: AskedBoard,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const { calls, model } = request
  if (ids.length === 0) return new Map()
  const { records } = await calls.call<{ records: Values[] }>(model, 'web_search_read', [], {
    domain: [['id', 'in', ids]],
    specification: arch.specification,
    context: { ...SMALL, active_test: false },
  })
  const cards = cardsOf(request, arch)
  return new Map(
    records.map((values) => [
      Number(values['id']),
      fragmentHtml('types/kanban/card', cardView(values, cards), calls.env.lang),
    ]),
  )
}
