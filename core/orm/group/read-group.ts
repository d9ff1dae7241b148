import type { Env } from '../env.ts'
import type { ModelInfo } from '../model-info.ts'
import { unique } from '../../tools/iter.ts'
import { type Aggregate, parseAggregate } from './aggregates.ts'
import { expandGroups, foldsOf } from './expand.ts'
import { fillPeriods } from './fill.ts'
import { type GroupShape, type WireGroup, wireGroups } from './format.ts'
import { parseGroupOrder } from './order.ts'
import { countGroups, type GroupQuery, type GroupRow, groupRows } from './query.ts'
import { isPeriod, parseTerm, type Term } from './terms.ts'
import { weekStartOf } from './week.ts'

/** What clients ask of `read_group` and `web_read_group`. */
export interface ReadGroupOptions {
  readonly domain: readonly unknown[]
  /** Aggregates: `field`, `field:function` or `name:function(field)`. Fields that cannot be summed up are passed over. */
  readonly fields: readonly string[]
  /** `field` or `field:granularity`, one or several. */
  readonly groupby: string | readonly string[]
  readonly offset?: number | null | undefined
  /** The most groups to answer; 0 or none for all. */
  readonly limit?: number | null | undefined
  readonly orderby?: string | null | undefined
  /** Whether only the first term counts, and the others wait in `__context`; by default yes. */
  readonly lazy?: boolean | undefined
}

/** Options, read. */
interface Plan extends GroupShape {
  readonly query: GroupQuery
  /** Terms left for when a group is opened. */
  readonly later: readonly string[]
  readonly lazy: boolean
}

/**
 * The groups of a model's records, as clients of `read_group` know them:
 *
 *     await readGroup(env, 'crm.lead', { domain: [], fields: ['expected_revenue'], groupby: 'date_deadline:month' })
 *     // [{ 'date_deadline:month': 'May 2026', date_deadline_count: 2, expected_revenue: 150, __domain: …, __range: … }]
 *
 * One query for the groups, one per model whose records are labels.
 * @throws ValueError codes for terms, aggregates, orders and limits; ACCESS_MODEL, ACCESS_FIELD
 */
export async function readGroup(env: Env, model: string, options: ReadGroupOptions): Promise<WireGroup[]> {
  const info = env.registry.get(model)
  const plan = readPlan(env, info, options)
  return answer(env, await groupRows(env, info, plan.query), plan)
}

/** The same with the number of all groups, which takes another query only when the limit was reached. */
export async function webReadGroup(
  env: Env,
  model: string,
  options: ReadGroupOptions,
): Promise<{ groups: WireGroup[]; length: number }> {
  const info = env.registry.get(model)
  const plan = readPlan(env, info, options)
  const rows = await groupRows(env, info, plan.query)
  const groups = await answer(env, rows, plan)
  if (groups.length === 0) return { groups, length: 0 }
  const { limit, offset = 0 } = plan.query
  if (limit && rows.length === limit) return { groups, length: await countGroups(env, info, plan.domain, plan.terms) }
  return { groups, length: groups.length + offset }
}

function readPlan(env: Env, info: ModelInfo, options: ReadGroupOptions): Plan {
  const { domain, fields, orderby } = options
  const lazy = options.lazy ?? true
  const specs = unique(typeof options.groupby === 'string' ? [options.groupby] : options.groupby)
  const terms = (lazy ? specs.slice(0, 1) : specs).map((spec) => parseTerm(spec, info, env.registry))
  const aggregates = aggregatesOf(env, info, fields, terms)
  const countName = lazy && terms[0] ? `${terms[0].field.name}_count` : '__count'
  const order = orderby ? parseGroupOrder(orderby, { model: info.name, terms, aggregates, countName }) : undefined
  const query = {
    domain,
    terms,
    aggregates,
    order,
    limit: options.limit || undefined,
    offset: options.offset ?? undefined,
  }
  return { domain, terms, aggregates, countName, query, later: lazy ? specs.slice(1) : [], lazy }
}

function aggregatesOf(env: Env, info: ModelInfo, fields: readonly string[], terms: readonly Term[]): Aggregate[] {
  const grouped = new Set(terms.map((term) => term.spec))
  const aggregates = fields
    .filter((spec) => spec !== '__count' && !grouped.has(spec))
    .flatMap((spec) => parseAggregate(spec, info, env.registry) ?? [])
  return unique(aggregates, (one) => one.name)
}

/** The rows with the empty groups that belong to them, as clients read them. */
async function answer(env: Env, found: readonly GroupRow[], plan: Plan): Promise<WireGroup[]> {
  const { query, later } = plan
  const rows = await completed(env, found, plan)
  const groups = await wireGroups(env, rows, plan)
  const folds = expands(plan) ? await foldsOf(env, plan.terms[0] as Term, rows) : undefined
  for (const [i, group] of groups.entries()) {
    if (folds) group['__fold'] = folds.get(rows[i]?.keys[0]) ?? false
    if (later.length > 0 && query.terms.length > 0) group['__context'] = { group_by: later }
  }
  return groups
}

/** A page of many groups gets no empty ones: which, only the whole tells. */
async function completed(env: Env, rows: readonly GroupRow[], plan: Plan): Promise<readonly GroupRow[]> {
  const { query } = plan
  const [term] = query.terms
  if (!term || query.offset || (query.limit && rows.length >= query.limit)) return rows
  if (expands(plan)) return expandGroups(env, rows, term, query)
  const { fill_temporal: fill } = env.context
  if (!fill || !isPeriod(term.by)) return rows
  return fillPeriods(rows, term.by, query, fill === true ? {} : fill, await weekStartOf(env))
}

/** Whether groups without records are shown: of one term only, as boards do. */
function expands({ lazy, terms }: Plan): boolean {
  return lazy && Boolean(terms[0]?.field.options.groupExpand)
}
