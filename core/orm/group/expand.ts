import type { Env } from '../env.ts'
import type { FieldInfo } from '../../fields/info.ts'
import { isRelation } from '../../domain/field-facts.ts'
import { internals } from '../internals.ts'
import type { AnyRecordSet } from '../record-set.ts'
import { emptyAggregate } from './aggregates.ts'
import { GROUP_EXPAND_UNKNOWN } from './errors.ts'
import type { GroupQuery, GroupRow } from './query.ts'
import type { Term } from './terms.ts'

/** A method of the comodel that `groupExpand` names: called on the records found, it answers those to show, in order. */
type Expand = (domain: readonly unknown[]) => Promise<AnyRecordSet>

/**
 * Adds the groups without records that the field of the only term wants shown (`groupExpand`). They take their
 * places in the order of all values, unless the groups are sorted by something else.
 */
export async function expandGroups(
  env: Env,
  rows: readonly GroupRow[],
  term: Term,
  query: GroupQuery,
): Promise<readonly GroupRow[]> {
  const wanted = await wantedKeys(env, term.field, rows, query.domain)
  const first = query.order?.[0]
  const found = new Map(rows.map((row) => [row.keys[0], row]))
  const rowOf = (key: unknown): GroupRow => found.get(key) ?? emptyRow(key, query)
  if (first && first.by !== term) return [...rows, ...wanted.filter((key) => !found.has(key)).map(rowOf)]
  const shown = new Set(wanted)
  const others = rows.filter((row) => !shown.has(row.keys[0]))
  return [...(first?.descending ? wanted.toReversed() : wanted).map(rowOf), ...others]
}

/** The keys of all groups to show, in their order. */
async function wantedKeys(
  env: Env,
  field: FieldInfo,
  rows: readonly GroupRow[],
  domain: readonly unknown[],
): Promise<readonly unknown[]> {
  if (!isRelation(field))
    return Object.keys((typeof field.selection === 'function' ? await field.selection(env) : field.selection) ?? {})
  const comodel = field.comodel as string // relations have one
  const found = rows.flatMap((row) => (row.keys[0] === null ? [] : [row.keys[0] as number]))
  const { groupExpand } = field.options
  if (typeof groupExpand !== 'string') return (await env.model(comodel).search([])).ids
  const records = env.model(comodel, found)
  const expand = (records as unknown as Readonly<Record<string, Expand | undefined>>)[groupExpand]
  if (!expand) throw new GROUP_EXPAND_UNKNOWN(field.model, field.name, comodel, groupExpand)
  return (await expand.call(records, domain)).ids
}

function emptyRow(key: unknown, { aggregates }: GroupQuery): GroupRow {
  return { keys: [key], count: 0, values: aggregates.map(emptyAggregate) }
}

/** Which of the groups a board shows folded: what the field `fold` of their records says; nothing without one. */
export async function foldsOf(
  env: Env,
  { field }: Term,
  rows: readonly GroupRow[],
): Promise<ReadonlyMap<unknown, boolean> | undefined> {
  const comodel = isRelation(field) ? env.registry.get(field.comodel as string) : undefined
  if (!comodel?.fields.has('fold')) return undefined
  const ids = rows.flatMap((row) => (row.keys[0] === null ? [] : [row.keys[0] as number]))
  const records = await internals.loadData(env.sudo('whether groups are folded'), comodel, ids, ['fold'])
  return new Map(records.map((record) => [record.id, record['fold'] === true]))
}
