import type { FieldInfo } from '../../fields/info.ts'
import type { Env } from '../env.ts'
import type { ModelInfo } from '../model-info.ts'
import { isRelation } from '../../domain/field-facts.ts'
import { groupBy } from '../../tools/iter.ts'
import { internals } from '../internals.ts'
import { type Aggregate, wireAggregate } from './aggregates.ts'
import { allOfTerms, asOneTerm } from './domain.ts'
import { periodLabel, periodOf } from './periods.ts'
import type { GroupRow } from './query.ts'
import { isPeriod, type Term } from './terms.ts'
import { weekStartOf } from './week.ts'

/** A group as clients read it. */
export type WireGroup = Record<string, unknown>

/** What the groups were asked for, and under which keys they show it. */
export interface GroupShape {
  readonly domain: readonly unknown[]
  readonly terms: readonly Term[]
  readonly aggregates: readonly Aggregate[]
  readonly countName: string
}

/** What one key of a group shows. */
interface Shown {
  /** `false` for empty, [id, name] for a record, words for a period. */
  readonly label: unknown
  /** What the records of the group have in common, as one term. */
  readonly domain: readonly unknown[]
  /** The bounds of a period, `false` for records without a date; absent for other terms. */
  readonly range?: unknown
}

/** Names of records by comodel and id. */
type Names = ReadonlyMap<string, ReadonlyMap<number, string>>

/**
 * Groups as clients read them: a label per term, the count, the aggregates, `__domain` to find the records, and
 * `__range` for periods. Names of records are read with one query per model.
 */
export async function wireGroups(env: Env, rows: readonly GroupRow[], shape: GroupShape): Promise<WireGroup[]> {
  const { terms, aggregates, countName } = shape
  const domain = asOneTerm(shape.domain)
  const names = await namesOf(env, rows, terms)
  const weekStart = await weekStartOf(env)
  const shownBy = terms.map((term, i) => shownByKey(rows, i, (key) => show(env, term, key, names, weekStart)))
  const isRanged = terms.some((term) => isPeriod(term.by))
  return rows.map(({ keys, count, values }) => {
    const group: WireGroup = {}
    const domains = [domain]
    const ranges: Record<string, unknown> = {}
    for (const [i, { spec }] of terms.entries()) {
      const shown = shownBy[i]?.get(keys[i]) as Shown // made of the keys of all rows
      group[spec] = shown.label
      domains.push(shown.domain)
      if (shown.range !== undefined) ranges[spec] = shown.range
    }
    group[countName] = count
    for (const [i, one] of aggregates.entries()) group[one.name] = wireAggregate(one, values[i] ?? null)
    group['__domain'] = allOfTerms(domains)
    if (isRanged) group['__range'] = ranges
    return group
  })
}

/** What the keys in one place of the rows show: of several terms each comes many times. */
function shownByKey(rows: readonly GroupRow[], i: number, make: (key: unknown) => Shown): Map<unknown, Shown> {
  return new Map([...new Set(rows.map((row) => row.keys[i]))].map((key) => [key, make(key)]))
}

function show(env: Env, { field, by }: Term, key: unknown, names: Names, weekStart: number): Shown {
  const empty = key === null || key === undefined
  if (isPeriod(by)) {
    if (empty) return { label: false, domain: [[field.name, '=', false]], range: false }
    const start = key as string // periods are text
    const range = periodOf(start, by, field.type === 'date' ? 'date' : 'datetime', env.zone)
    const domain = ['&', [field.name, '>=', range.from], [field.name, '<', range.to]]
    return { label: periodLabel(start, by, env.lang, weekStart), domain, range }
  }
  if (empty) return { label: false, domain: [[field.name, '=', false]] }
  if (by !== null) return { label: key, domain: [[`${field.name}.${by}`, '=', key]] }
  const label = isRelation(field) ? [key, names.get(field.comodel as string)?.get(key as number) ?? ''] : key // relations have a comodel and ids
  return { label, domain: [[field.name, '=', key]] }
}

/** Whoever sees a record sees the names of those that it refers to. */
async function namesOf(env: Env, rows: readonly GroupRow[], terms: readonly Term[]): Promise<Names> {
  const keyed = terms.flatMap(({ field }, i) => (isRelation(field) ? [{ comodel: field.comodel as string, i }] : []))
  const system = env.sudo('labels of groups')
  const names = new Map<string, ReadonlyMap<number, string>>()
  for (const [comodel, uses] of groupBy(keyed, (one) => one.comodel)) {
    const ids = new Set(uses.flatMap(({ i }) => rows.map((row) => row.keys[i] as number | null)))
    names.set(
      comodel,
      await displayNames(
        system,
        env.registry.get(comodel),
        [...ids].filter((id) => id !== null),
      ),
    )
  }
  return names
}

async function displayNames(env: Env, info: ModelInfo, ids: readonly number[]): Promise<Map<number, string>> {
  const records = await internals.loadData(env, info, ids, ['display_name', ...behindName(info)])
  return new Map(records.map((record) => [record.id, (record['display_name'] as string | null) ?? '']))
}

/** The columns that names are made of: asked for together, they and the ids take one query. */
function behindName(info: ModelInfo): string[] {
  const field = info.fields.get('display_name') as FieldInfo // every model has it
  const paths = field.related ? [field.related.join('.')] : field.computes.flatMap((statement) => statement.depends)
  return paths.filter((path) => (info.fields.get(path)?.column ?? null) !== null)
}
