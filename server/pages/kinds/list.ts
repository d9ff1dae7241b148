import type { Values, ViewNode } from '../../../views/page.ts'
import { readListArch, type ChosenColumns, type ListArch } from '../../../views/types/list/arch.ts'
import { openGroups, type OpenGroups } from '../../../views/types/list/group.ts'
import type { GroupPlace } from '../../../views/types/list/group-view.ts'
import { sampleRecords } from '../../../views/types/list/sample.ts'
import { listView, type ListContent, type ListPlace } from '../../../views/types/list/view-model.ts'
import { readGroups, type GroupQuestion } from '../list-groups.ts'
import { isHandle } from '../../../views/types/list/row.ts'
import { selectionBar } from '../selection-bar.ts'
import type { Pager, ShownView, ViewKind, ViewRequest } from './kind.ts'

/** Counting stops here: nobody reads ten thousand rows, and the database need not. */
const COUNT_LIMIT = 10_000
/** Groups on a page when the arch does not say. */
const GROUPS_LIMIT = 80

export const list: ViewKind = {
  type: 'list',
  icon: 'list-ul',
  label: 'List',
  async show(request: ViewRequest): Promise<ShownView> {
    const { fields, page } = request
    const setup = listSetup(request)
    const { arch, place } = setup
    const found = setup.groupBy.length > 0 ? await groupedContent(request, setup) : await flatContent(request, setup)
    const { content, length, isCut } = found
    const rights = await rightsOf(request, arch)
    const key = columnsKey(request)
    const isEmpty = length === 0
    const view = listView(arch, fields, content, page, place, {
      key,
      editing: editingOf(request, arch, rights),
      canOrder: rights.write && setup.groupBy.length === 0 && isOrdered(arch, setup.order, request),
      total: 'groups' in content ? content.groups.reduce((sum, { count }) => sum + count, 0) : length,
      empty: isEmpty ? emptyView(request, arch, rights.create) : null,
      sample: isEmpty && arch.sample && !isSearched(request) ? sampleRecords(arch, page) : null,
    })
    return {
      content: view,
      pager: pagerOf(request, setup, found.shown, length, isCut),
      canCreate: arch.create && rights.create,
      selection: selectionBar(request, arch, rights),
    }
  },
}

/** What a list is read with: its arch, order and groups as the address asks for them. */
export interface ListSetup {
  readonly arch: ListArch
  readonly place: ListPlace
  readonly order: string | null
  readonly groupBy: readonly string[]
  /** Rows, or groups, that a page shows, from `offset` on. */
  readonly limit: number
  readonly offset: number
}

/** Reads the arch and what the address says of a list. */
export function listSetup(request: ViewRequest): ListSetup {
  const { action, model, page, search, state, calls } = request
  const arch = readListArch(
    request.arch,
    model,
    page.models,
    page.context,
    chosenColumns(calls.cookies, columnsKey(request)),
  )
  const groupBy =
    search.groupBy.length > 0
      ? search.groupBy
      : arch.defaultGroupBy.filter((term) => request.fields[term.split(':')[0] ?? ''])
  const usual = groupBy.length > 0 ? (arch.groupsLimit ?? GROUPS_LIMIT) : (arch.limit ?? action.limit)
  const range = /^(\d{1,9})-(\d{1,9})$/.exec(state.own['rows'] ?? '')
  const [from, to] = [Number(range?.[1]), Number(range?.[2])]
  const isRange = range !== null && from > 0 && to >= from
  const limit = isRange ? Math.min(to - from + 1, MOST_ROWS) : usual
  const order = state.order ?? search.order ?? arch.defaultOrder
  return {
    arch,
    order,
    groupBy,
    limit,
    offset: isRange ? from - 1 : (state.page - 1) * usual,
    place: {
      order,
      href: (id) => request.recordHref(id),
      sortHref: (field, descending) => request.href({ order: descending ? `${field} desc` : field, page: 1 }),
    },
  }
}

/** Rows that somebody may ask for at once. */
const MOST_ROWS = 2_000

interface Found {
  readonly content: ListContent
  readonly shown: number
  readonly length: number
  /** Whether counting stopped before the end. */
  readonly isCut: boolean
}

async function flatContent(request: ViewRequest, { arch, order, limit, offset }: ListSetup): Promise<Found> {
  const { calls, model, search, state } = request
  const most = state.own['count'] === 'all' ? null : (arch.countLimit ?? COUNT_LIMIT)
  const read = (from: number): Promise<{ records: Values[]; length: number }> =>
    calls.call(model, 'web_search_read', [], {
      domain: search.domain,
      specification: arch.specification,
      offset: from,
      limit,
      order: order ?? false,
      ...(most === null ? {} : { count_limit: most + 1 }),
    })
  let found = await read(offset)
  // A page past the end, from an old address, is the first one.
  if (found.records.length === 0 && offset > 0) found = await read(0)
  const { records, length } = found
  const isCut = most !== null && length > most
  return { content: { records }, shown: records.length, length: isCut ? most : length, isCut }
}

async function groupedContent(request: ViewRequest, setup: ListSetup): Promise<Found> {
  const { groups, length } = await readGroups(groupQuestion(request, setup), setup)
  return { content: { groups, place: groupPlace(request, setup) }, shown: groups.length, length, isCut: false }
}

/** What is asked of the groups of a list. */
export function groupQuestion(request: ViewRequest, setup: ListSetup): GroupQuestion {
  const { calls, model, fields, page, search, state, action } = request
  return {
    calls,
    model,
    fields,
    page,
    arch: setup.arch,
    domain: search.domain,
    groupBy: setup.groupBy,
    order: setup.order,
    open: openGroups(state.own['open'], setup.arch.expand),
    offsets: offsetsOf(state.own['gp']),
    limit: setup.arch.limit ?? action.limit,
  }
}

/** Addresses of the same list with other groups open. */
export function groupPlace(request: ViewRequest, { arch }: ListSetup): GroupPlace {
  const { own } = request.state
  const open: OpenGroups = openGroups(own['open'], arch.expand)
  const paths = open === 'all' ? [] : [...open]
  const others = (path: string): string[] => paths.filter((one) => one !== path && !one.startsWith(`${path}/`))
  const offsets = offsetsOf(own['gp'])
  return {
    groupHref: (path, isOpen) =>
      request.href({ own: { ...own, open: (isOpen ? [...paths, path] : others(path)).join(',') } }),
    pageHref: (path, offset) =>
      request.href({ own: { ...own, gp: offsetsText(new Map([...offsets, [path, offset]])) } }),
    allHref: (isOpen) => request.href({ own: { ...own, open: isOpen ? '*' : '', gp: '' } }),
  }
}

/** `5/draft:80,7:160`: the first record that is shown of each group. */
function offsetsOf(text: string | undefined): Map<string, number> {
  const parts = (text ?? '').split(',').filter(Boolean)
  return new Map(
    parts.flatMap((part): [string, number][] => {
      const [path = '', offset] = part.split('~')
      return /^\d{1,9}$/.test(offset ?? '') ? [[path, Number(offset)]] : []
    }),
  )
}

const offsetsText = (offsets: ReadonlyMap<string, number>): string =>
  [...offsets]
    .filter(([, offset]) => offset > 0)
    .map(([path, offset]) => `${path}~${offset}`)
    .join(',')

function pagerOf(
  { state, href }: ViewRequest,
  { limit, offset }: ListSetup,
  shown: number,
  length: number,
  isCut: boolean,
): Pager {
  const own = { ...state.own }
  delete own['rows']
  const isRange = state.own['rows'] !== undefined
  const from = shown > 0 && offset < length ? offset : 0
  const at = (start: number): string =>
    isRange || start % limit !== 0
      ? href({ page: 1, own: { ...own, rows: `${start + 1}-${start + limit}` } })
      : href({ page: start / limit + 1, own })
  const isOnly = !isCut && length <= limit
  // Round the end to the start, and back, once it is known where the end is.
  const last = Math.floor((length - 1) / limit) * limit
  const next = from + shown < length || isCut ? from + shown : 0
  const previous = from > 0 ? Math.max(0, from - limit) : isCut ? null : last
  return {
    from: shown > 0 ? from + 1 : 0,
    to: from + shown,
    total: isCut ? `${length}+` : length,
    previous: isOnly || previous === null ? null : at(previous),
    next: isOnly ? null : at(next),
    countHref: isCut ? href({ own: { ...state.own, count: 'all' } }) : null,
    form: queryFields(href({ page: 1, own })),
  }
}

/** The query of an address as fields of a form that asks for another page. */
function queryFields(address: string): { path: string; hidden: { name: string; value: string }[] } {
  const { pathname, searchParams } = new URL(address, 'http://localhost')
  return { path: pathname, hidden: Array.from(searchParams, ([name, value]) => ({ name, value })) }
}

/** What the browser needs to edit rows in place. */
function editingOf({ fields, page }: ViewRequest, arch: ListArch, rights: ListRights): object | null {
  const { translate } = page
  if (!rights.write || (arch.editable === null && !arch.multiEdit)) return null
  return {
    editable: arch.editable,
    canCreate: arch.create && rights.create,
    isMulti: true,
    types: Object.fromEntries(Object.keys(arch.specification).map((name) => [name, fields[name]?.type ?? 'char'])),
    context: page.context,
    words: {
      many: translate('Change %s of %s records?', '%s', '%s'),
      change: translate('Change'),
      required: translate('This field is required.'),
    },
  }
}

/** What somebody who looks at the list may do with its records. */
export interface ListRights {
  readonly create: boolean
  readonly write: boolean
  readonly unlink: boolean
}

/** Access rights, asked for only where the arch leaves something to decide. */
async function rightsOf({ calls, model }: ViewRequest, arch: ListArch): Promise<ListRights> {
  const may = (operation: string): Promise<boolean> =>
    calls.call<boolean>(model, 'check_access_rights', [operation], { raise_exception: false })
  return {
    create: arch.create && (await may('create')),
    write: arch.edit && (await may('write')),
    unlink: arch.delete && (await may('unlink')),
  }
}

/** Rows are dragged where they stand in the order that dragging changes. */
function isOrdered(arch: ListArch, order: string | null, { calls, model }: ViewRequest): boolean {
  const handle = arch.columns.find(isHandle)
  if (!handle) return false
  const first = order ?? calls.env.registry.get(model).order[0]?.field ?? ''
  return new RegExp(`^\\s*${handle.name}\\b(?!\\s+desc)`, 'i').test(first)
}

/** Under which name the browser keeps what a person does to the columns of a list. */
function columnsKey({ viewId, model }: ViewRequest): string {
  return viewId === false ? model : String(viewId)
}

const COLUMNS_COOKIE = 'columns_'

function chosenColumns(cookies: Readonly<Record<string, string | undefined>>, key: string): ChosenColumns {
  const kept = cookies[COLUMNS_COOKIE + key]
  return kept === undefined ? null : new Set(kept.split('.'))
}

const isSearched = ({ state }: ViewRequest): boolean =>
  state.terms.length + state.domains.length + state.filters.length + state.panel.length > 0 || Boolean(state.favorite)

/** What stands where there are no records: what the action says of them, else what one can do. */
function emptyView(request: ViewRequest, arch: ListArch, canCreate: boolean): ViewNode {
  const { action, page, href } = request
  const { translate } = page
  const searched = isSearched(request)
  return {
    template: 'types/list/empty',
    sample: arch.sample && !searched,
    help: searched ? null : action.help || null,
    title: searched ? translate('Nothing matches this search.') : translate('Nothing here yet.'),
    hint: !searched && canCreate ? translate('Press New to make the first one.') : null,
    clearHref: searched ? href({ filters: [], terms: [], domains: [], panel: [], favorite: 0, page: 1 }) : null,
  }
}
