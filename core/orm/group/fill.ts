import type { Granularity } from '../../sql/dialect.ts'
import { addTo, startOf } from '../../tools/dates.ts'
import { groupBy } from '../../tools/iter.ts'
import { emptyAggregate } from './aggregates.ts'
import { GROUP_PERIODS_TOO_MANY } from './errors.ts'
import type { GroupQuery, GroupRow } from './query.ts'

/** Which empty periods are shown among the groups. Bounds are days or local times, `YYYY-MM-DD[ HH:MM:SS]`. */
export interface FillTemporal {
  /** Where to begin; by default with the first group. */
  readonly fill_from?: string | false
  /** Where to end; by default with the last group. */
  readonly fill_to?: string | false
  /** How many periods are shown at least, from the first on. */
  readonly min_groups?: number
}

const MAX_PERIODS = 10_000

/**
 * Adds groups for the periods of the first term that have none. Groups that are sorted by something else stay alone.
 * @throws GROUP_PERIODS_TOO_MANY
 */
export function fillPeriods(
  rows: readonly GroupRow[],
  by: Granularity,
  query: GroupQuery,
  options: FillTemporal,
  weekStart: number,
): readonly GroupRow[] {
  const first = query.order?.[0]
  if (first && first.by !== query.terms[0]) return rows
  const dated = groupBy(
    rows.filter((row) => row.keys[0] !== null),
    (row) => row.keys[0] as string,
  )
  const starts = [...dated.keys()].toSorted()
  const aligned = (text: string): string =>
    startOf(by === 'hour' ? text.padEnd(19, ' 00:00:00') : text.slice(0, 10), by, weekStart)
  const from = typeof options.fill_from === 'string' ? aligned(options.fill_from) : starts[0]
  if (from === undefined) return rows
  const asked = typeof options.fill_to === 'string' ? aligned(options.fill_to) : (starts.at(-1) ?? from)
  const least = addTo(from, Math.max(options.min_groups ?? 1, 1) - 1, by)
  const periods = periodsBetween(from, asked > least ? asked : least, by)
  const all = [...new Set([...starts, ...periods])].sort()
  const filled = (first?.descending ? all.toReversed() : all).flatMap(
    (start) => dated.get(start) ?? [emptyRow(start, query)],
  )
  const undatedFirst = rows[0]?.keys[0] === null
  const undated = rows.filter((row) => row.keys[0] === null)
  return undatedFirst ? [...undated, ...filled] : [...filled, ...undated]
}

function periodsBetween(from: string, to: string, by: Granularity): string[] {
  const periods: string[] = []
  for (let at = from; at <= to; at = addTo(at, 1, by)) {
    if (periods.length >= MAX_PERIODS) throw new GROUP_PERIODS_TOO_MANY(by, from, to, MAX_PERIODS)
    periods.push(at)
  }
  return periods
}

function emptyRow(start: string, { terms, aggregates }: GroupQuery): GroupRow {
  return { keys: terms.map((_, i) => (i === 0 ? start : null)), count: 0, values: aggregates.map(emptyAggregate) }
}
