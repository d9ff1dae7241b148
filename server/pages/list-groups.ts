import { searchEach } from '../../core/orm/search.ts'
import type { Fields, PageContext, Values } from '../../views/page.ts'
import type { ListArch } from '../../views/types/list/arch.ts'
import { groupKey, type Group, type OpenGroups } from '../../views/types/list/group.ts'
import { currencyFieldOf, groupTotal, type Total } from '../../views/types/list/totals.ts'
import { allOf, anyOf, type Domain } from '../../views/types/search/combine.ts'
import type { PageCalls } from './page-call.ts'

/** What groups are read of. */
export interface GroupQuestion {
  readonly calls: PageCalls
  readonly model: string
  readonly fields: Fields
  readonly arch: ListArch
  readonly page: PageContext
  readonly domain: Domain
  /** Terms of the levels that are asked for, from the outer one in. */
  readonly groupBy: readonly string[]
  readonly order: string | null
  readonly open: OpenGroups
  /** Group -> the first of its records that is shown. */
  readonly offsets: ReadonlyMap<string, number>
  /** Records that a group shows at once. */
  readonly limit: number
}

/** Together these many records at most are read for groups that are opened all at once. */
const OPENED_AT_ONCE = 2_000

/**
 * Groups and what is open inside of them: one query for each level, and those for the records of all open groups
 * together.
 */
export async function readGroups(
  asked: GroupQuestion,
  window: { readonly limit: number; readonly offset: number },
): Promise<{ groups: Group[]; length: number }> {
  const { calls, model, groupBy } = asked
  const [term = ''] = groupBy
  const { groups: rows, length } = await calls.call<{ groups: Values[]; length: number }>(model, 'web_read_group', [], {
    domain: asked.domain,
    fields: aggregates(asked),
    groupby: [term],
    lazy: true,
    limit: window.limit,
    offset: window.offset,
    orderby: groupOrder(asked, [term]) ?? false,
  })
  const outer = rows.map((row) => draft(asked, row, null, term, `${term.split(':')[0] ?? ''}_count`))
  return { groups: await fill(asked, outer), length }
}

/** What is inside of one group that a person opens: `path` and `domain` are its own. */
export async function readInside(
  asked: GroupQuestion,
  group: Pick<Group, 'path' | 'level' | 'domain' | 'count'>,
): Promise<Group> {
  const whole: Draft = {
    path: group.path,
    level: group.level,
    label: '',
    count: group.count,
    totals: new Map(),
    domain: group.domain,
    isOpen: true,
  }
  return (await fill(asked, [whole]))[0] as Group
}

/** A group of which is not read yet what is inside. */
type Draft = Omit<Group, 'groups' | 'records' | 'offset' | 'limit' | 'isOuter'>

/** Reads what the open ones of some groups hold. */
async function fill(asked: GroupQuestion, drafts: readonly Draft[]): Promise<Group[]> {
  const level = (drafts[0]?.level ?? 0) + 1
  const isOuter = level < asked.groupBy.length
  const open = isOuter ? drafts.filter(({ isOpen }) => isOpen) : bearable(asked, drafts)
  const inner = isOuter ? await innerGroups(asked, open, level) : new Map<string, Group[]>()
  const records = isOuter ? new Map<string, Values[]>() : await recordsOf(asked, open)
  return drafts.map((one) => ({
    ...one,
    isOpen: open.includes(one),
    isOuter,
    groups: inner.get(one.path) ?? [],
    records: records.get(one.path) ?? [],
    offset: asked.offsets.get(one.path) ?? 0,
    limit: asked.limit,
  }))
}

/** Open groups, as many as a page can show where all are to be open. */
function bearable({ open, limit }: GroupQuestion, drafts: readonly Draft[]): Draft[] {
  let shown = 0
  return drafts.filter(({ isOpen, count }) => {
    if (!isOpen) return false
    shown += Math.min(count, limit)
    return open !== 'all' || shown <= OPENED_AT_ONCE
  })
}

/** Groups of the next level, of all open groups at once. */
async function innerGroups(asked: GroupQuestion, open: readonly Draft[], level: number): Promise<Map<string, Group[]>> {
  const found = new Map<string, Group[]>()
  const [first] = open
  if (!first) return found
  const around = asked.groupBy.slice(0, level)
  const term = asked.groupBy[level] ?? ''
  // What is around a group tells it from others of the same key; of one group inside alone nothing else is there.
  const isOne = open.length === 1
  const rows = await asked.calls.call<Values[]>(asked.model, 'read_group', [], {
    domain: anyOf(open.map(({ domain }) => domain)),
    fields: aggregates(asked),
    groupby: isOne ? [term] : [...around, term],
    lazy: false,
    orderby: groupOrder(asked, [term]) ?? false,
  })
  const byPath = new Map(open.map((one) => [one.path, one]))
  const drafts = rows.flatMap((row) => {
    const path = around.map((one) => groupKey(one, fieldOf(asked, one), row).key).join('/')
    const parent = isOne ? first : byPath.get(path)
    return parent ? draft(asked, row, parent, term, '__count') : []
  })
  for (const group of await fill(asked, drafts)) {
    const parent = group.path.slice(0, group.path.lastIndexOf('/'))
    found.set(parent, [...(found.get(parent) ?? []), group])
  }
  return found
}

/** Records of open groups by path: one statement for the ids and what it takes to read them, however many groups. */
async function recordsOf(asked: GroupQuestion, open: readonly Draft[]): Promise<Map<string, Values[]>> {
  const { calls, model, arch, order, limit, offsets } = asked
  if (open.length === 0) return new Map()
  const ids = await searchEach(
    calls.env,
    model,
    open.map(({ domain, path }) => ({
      domain,
      options: { limit, offset: offsets.get(path) ?? 0, ...(order === null ? {} : { order }) },
    })),
  )
  const all = [...new Set(ids.flat())]
  const read = await calls.call<Values[]>(model, 'web_read', [all], { specification: arch.specification })
  const byId = new Map(read.map((record) => [record['id'] as number, record]))
  const found = new Map<string, Values[]>()
  for (const [i, { path }] of open.entries())
    found.set(
      path,
      (ids[i] ?? []).map((id) => byId.get(id)).filter((record) => record !== undefined),
    )
  return found
}

function draft(asked: GroupQuestion, row: Values, parent: Draft | null, term: string, counted: string): Draft {
  const own = groupKey(term, fieldOf(asked, term), row)
  const path = parent ? `${parent.path}/${own.key}` : own.key
  const count = Number(row[counted] ?? 0)
  return {
    path,
    level: parent ? parent.level + 1 : 0,
    label: labelOf(asked, term, row),
    count,
    totals: totalsOf(asked, row),
    domain: allOf([parent?.domain ?? asked.domain, own.domain]),
    isOpen: asked.open === 'all' ? count > 0 : asked.open.has(path),
  }
}

function labelOf({ page, fields }: GroupQuestion, term: string, row: Values): string {
  const value = row[term]
  const field = fields[term.split(':')[0] ?? '']
  if (field?.type === 'boolean') return page.translate(value === true ? 'Yes' : 'No')
  if (value === false || value === null || value === undefined || value === '') return page.translate('None')
  if (Array.isArray(value)) return String(value[1] ?? '')
  if (field?.type === 'selection') return field.selection?.find(([key]) => key === value)?.[1] ?? String(value)
  return typeof value === 'number' ? page.format.number(value, Number.isInteger(value) ? 0 : 2) : String(value)
}

const fieldOf = ({ fields }: GroupQuestion, term: string): Fields[string] | undefined =>
  fields[term.split(':')[0] ?? '']

/** What is summed up of each group: the columns that have totals, and the currencies of amounts. */
function aggregates({ arch, fields }: GroupQuestion): string[] {
  return arch.columns.flatMap((place) => {
    const total = groupTotal(place)
    if (!total) return []
    const { name, description } = place
    if (description.store === false && total.take !== description.aggregator) return []
    const spec = total.take === description.aggregator ? name : `${name}:${total.take}`
    const currency = currencyFieldOf(place)
    return currency !== null && fields[currency]?.store === true
      ? [spec, `currencies_${name}:count_distinct(${currency})`, `currency_${name}:min(${currency})`]
      : [spec]
  })
}

function totalsOf({ arch, fields }: GroupQuestion, row: Values): Map<string, Total> {
  const totals = new Map<string, Total>()
  for (const place of arch.columns) {
    const { name } = place
    if (!groupTotal(place) || !(name in row)) continue
    const currency = currencyFieldOf(place)
    const known = currency !== null && fields[currency]?.store === true
    const value = row[name]
    const id = row[`currency_${name}`]
    totals.set(name, {
      value: typeof value === 'number' ? value : null,
      currency: known && id !== false ? Number(Array.isArray(id) ? id[0] : id) : null,
      isMixed: known && Number(row[`currencies_${name}`]) > 1,
    })
  }
  return totals
}

/** Of the order of the list what groups can be sorted by: their term and their totals. */
function groupOrder({ order, arch }: GroupQuestion, terms: readonly string[]): string | null {
  const names = new Set([
    ...terms.map((term) => term.split(':')[0] ?? ''),
    ...arch.columns.filter((place) => groupTotal(place) && place.description.store !== false).map(({ name }) => name),
  ])
  const parts = (order ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => names.has(part.split(/\s+/)[0] ?? ''))
  return parts.length > 0 ? parts.join(', ') : null
}
