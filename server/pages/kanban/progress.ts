import { groupValue } from '../../../core/wire/open-groups.ts'
import type { Values } from '../../../views/page.ts'
import type { ProgressBar } from '../../../views/types/kanban/arch.ts'
import { columnKey } from '../../../views/types/kanban/state.ts'
import { allOf } from '../../../views/types/search/combine.ts'
import type { PageCalls } from '../page-call.ts'

/** Key of a column -> records by the values of the bar's field. */
export type Progress = ReadonlyMap<string, Readonly<Record<string, number>>>

/**
 * How many records of each column have each value that the bar colours. One call for each colour, so that fields that
 * are computed when they are asked for, such as the state of activities, count like others.
 */
export async function readProgress(
  { call }: PageCalls,
  model: string,
  domain: readonly unknown[],
  by: string,
  { field, colors }: ProgressBar,
): Promise<Progress> {
  const progress = new Map<string, Record<string, number>>()
  const name = by.split(':')[0] ?? by
  for (const value of Object.keys(colors)) {
    const { groups } = await call<{ groups: Values[] }>(model, 'web_read_group', [
      allOf([domain, [[field, '=', value]]]),
      [],
      [by],
    ])
    for (const group of groups) {
      const key = columnKey(groupValue(group, by))
      const counts = progress.get(key) ?? {}
      counts[value] = Number(group[`${name}_count`])
      progress.set(key, counts)
    }
  }
  return progress
}

/** The records of a segment, `false` standing for all values without a colour. */
export function segmentDomain(segment: string, { field, colors }: ProgressBar): readonly unknown[] {
  return segment === 'false' ? [[field, 'not in', Object.keys(colors)]] : [[field, '=', segment]]
}
