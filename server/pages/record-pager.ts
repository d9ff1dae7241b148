import { attr, parseArch } from '../../views/arch/node.ts'
import { parseSearch, searchQuery, type SearchState } from '../../views/types/search/state.ts'
import type { WindowAction } from './action.ts'
import { pathOf, withoutRecord, type Step } from './address.ts'
import type { ViewRequest } from './kinds/kind.ts'
import { viewRequest } from './multi-page.ts'
import type { PageCalls } from './page-call.ts'

/** Where a record stands among those that it was opened from, and the addresses of its neighbours. */
export interface RecordPager {
  readonly position: number
  readonly total: number | string
  readonly previous: string | null
  readonly next: string | null
}

/** Records of a page when neither the arch nor the action says. */
const PAGE = 80
/** A record that is not on the page that one came from is looked for among so many. */
const MOST = 5_000
const COUNT_LIMIT = 10_000

/**
 * The record before and the one after, in the list whose search `asked` tells: found on the page that one came from
 * with one query, and counted with another. `null` when the list does not have the record (any more).
 */
export async function recordPager(
  plain: PageCalls,
  action: WindowAction,
  steps: readonly Step[],
  asked: SearchState,
): Promise<RecordPager | null> {
  const id = steps.at(-1)?.record
  if (typeof id !== 'number') return null
  const list = withoutRecord(steps)
  const request = await viewRequest(plain, action, list, asked)
  const root = parseArch(request.arch)
  const limit = Number(attr(root, 'limit')) || action.limit || PAGE
  const isGrouped = request.search.groupBy.length > 0 || attr(root, 'default_group_by') !== null
  const order = orderOf(request, attr(root, 'default_order'))
  const found = (!isGrouped && (await onPage(request, id, order, limit))) || (await among(request, id, order))
  if (!found) return null
  const { index, ids, offset, total } = found
  const at = offset + index
  const href = (place: number, record: number | undefined): string | null => {
    if (record === undefined || record === id) return null
    const state = isGrouped || asked.own['rows'] ? asked : { ...asked, page: Math.floor(place / limit) + 1 }
    const back = searchQuery(state).slice(1)
    return pathOf([...list.slice(0, -1), { ...list.at(-1), record }]) + (back && `?in=${encodeURIComponent(back)}`)
  }
  // Round the ends, where all records are known.
  const isWhole = offset === 0 && ids.length === total
  const last = ids.length - 1
  return {
    position: at + 1,
    total: total ?? `${COUNT_LIMIT}+`,
    previous: index > 0 ? href(at - 1, ids[index - 1]) : isWhole ? href(last, ids[last]) : null,
    next: index < last ? href(at + 1, ids[index + 1]) : isWhole ? href(0, ids[0]) : null,
  }
}

interface Found {
  readonly ids: readonly number[]
  /** Of the first of them in the list. */
  readonly offset: number
  readonly index: number
  /** `null` when counting stopped before the end. */
  readonly total: number | null
}

/** Looks on the page that the address tells, with a record more at both ends. */
async function onPage(request: ViewRequest, id: number, order: string | null, limit: number): Promise<Found | null> {
  const { state } = request
  const range = /^(\d{1,9})-(\d{1,9})$/.exec(state.own['rows'] ?? '')
  const start = range ? Number(range[1]) - 1 : (state.page - 1) * limit
  const size = range ? Number(range[2]) - start : limit
  const offset = Math.max(0, start - 1)
  const ids = await search(request, order, offset, Math.min(size + 2, MOST))
  const index = ids.indexOf(id)
  if (index < 0) return null
  const isEnd = ids.length < Math.min(size + 2, MOST)
  return { ids, offset, index, total: isEnd ? offset + ids.length : await count(request) }
}

/** Looks among all, as far as that is no burden: a record that was changed may have moved. */
async function among(request: ViewRequest, id: number, order: string | null): Promise<Found | null> {
  const ids = await search(request, order, 0, MOST)
  const index = ids.indexOf(id)
  if (index < 0) return null
  return { ids, offset: 0, index, total: ids.length < MOST ? ids.length : await count(request) }
}

function search(
  { calls, model, search }: ViewRequest,
  order: string | null,
  offset: number,
  limit: number,
): Promise<number[]> {
  return calls.call<number[]>(model, 'search', [search.domain], { offset, limit, order: order ?? false })
}

async function count({ calls, model, search }: ViewRequest): Promise<number | null> {
  const counted = await calls.call<number>(model, 'search_count', [search.domain], { limit: COUNT_LIMIT + 1 })
  return counted > COUNT_LIMIT ? null : counted
}

/** Groups stand one after the other, so that their records do. */
function orderOf({ state, search, fields }: ViewRequest, usual: string | null): string | null {
  const own = state.order ?? search.order ?? usual
  const groups = search.groupBy.map((term) => term.split(':')[0] ?? '').filter((name) => fields[name]?.sortable)
  if (groups.length === 0) return own
  const others = (own ?? '').split(',').map((part) => part.trim())
  const isGroup = (part: string): boolean => groups.includes(part.split(/\s+/)[0] ?? '')
  return [...new Set(groups), ...others.filter((part) => part !== '' && !isGroup(part))].join(', ')
}

/** The list that the address of a record says it was opened from; `null` for one that was opened alone. */
export function listBehind(query: URLSearchParams, step: Step): SearchState | null {
  const text = query.get('in')
  return text === null && step.model !== undefined ? null : parseSearch(new URLSearchParams(text ?? ''))
}
