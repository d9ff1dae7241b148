import type { Env } from '../orm/env.ts'
import type { WireGroup } from '../orm/group/format.ts'
import { asOneTerm, allOfTerms } from '../orm/group/domain.ts'
import { searchEach } from '../orm/search.ts'
import { specified, type Specification } from './specification.ts'

/** A group as a client knows it: what tells it from others, whether it is folded, and which of its records are wanted. */
export interface Opening {
  readonly value: GroupValue
  readonly folded?: boolean
  readonly limit?: number
  readonly offset?: number
  /** Further terms for its records: a segment of its bar that somebody chose. */
  readonly progressbar_domain?: readonly unknown[] | false | null
}

/** What tells a group from others: an id, a value, the start of a period; `false` for records without a value. */
export type GroupValue = string | number | boolean

export interface OpenOptions {
  /** The term that the groups are made by. */
  readonly by: string
  readonly specification: Specification
  /** The most records of a group of which `openings` does not say it. */
  readonly limit: number
  /** By default the model's. */
  readonly order: string | null
  readonly openings: readonly Opening[]
}

/** So many groups are open before somebody opens more. */
const OPEN = 10

/**
 * Adds `__records` to groups that are open: those that `openings` says, and else the first ten that do not say `__fold`.
 * A statement for the ids and what it takes to read them all, however many groups there are.
 */
export async function openGroups(
  env: Env,
  model: string,
  groups: readonly WireGroup[],
  { by, specification, limit, order, openings }: OpenOptions,
): Promise<void> {
  const known = new Map(openings.map((one) => [one.value, one]))
  let left = OPEN
  const open = groups.flatMap((group) => {
    const opening = known.get(groupValue(group, by))
    const isFolded = opening?.folded ?? (group['__fold'] === true || left <= 0)
    if (isFolded) return []
    left -= 1
    return [{ group, opening }]
  })
  const found = await searchEach(
    env,
    model,
    open.map(({ group, opening }) => ({
      domain: allOfTerms([
        asOneTerm(group['__domain'] as readonly unknown[]),
        asOneTerm(opening?.progressbar_domain || []),
      ]),
      options: {
        limit: opening?.limit ?? limit,
        ...(opening?.offset ? { offset: opening.offset } : {}),
        ...(order ? { order } : {}),
      },
    })),
  )
  const records = new Map(
    (await specified(env, model, [...new Set(found.flat())], specification)).map((record) => [record.id, record]),
  )
  for (const [i, { group }] of open.entries())
    group['__records'] = (found[i] ?? []).flatMap((id) => records.get(id) ?? [])
}

/** What tells a group of `web_read_group` from others. */
export function groupValue(group: Readonly<Record<string, unknown>>, by: string): GroupValue {
  const range = (group['__range'] as Readonly<Record<string, unknown>> | undefined)?.[by]
  if (range !== undefined) return range ? (range as { from: string }).from : false
  const value = group[by]
  return (Array.isArray(value) ? value[0] : (value ?? false)) as GroupValue
}
