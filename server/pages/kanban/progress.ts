import type { ProgressBar } from '../../../views/types/kanban/arch.ts'
import type { PageCalls } from '../page-call.ts'

/** Key of a column -> records by the values of the bar's field. */
export type Progress = ReadonlyMap<string, Readonly<Record<string, number>>>

/** How many records of each column have each value of the bar's field. */
export async function readProgress(
  { call }: PageCalls,
  model: string,
  domain: readonly unknown[],
  by: string,
  { field, colors }: ProgressBar,
): Promise<Progress> {
  const answer = await call<Record<string, Record<string, number>>>(model, 'read_progress_bar', [
    domain,
    by,
    { field, colors },
  ])
  return new Map(
    Object.entries(answer).map(([key, counts]) => [key === 'False' ? 'false' : key === 'True' ? 'true' : key, counts]),
  )
}

/** The records of a segment, `false` standing for all values without a colour. */
export function segmentDomain(segment: string, { field, colors }: ProgressBar): readonly unknown[] {
  return segment === 'false' ? [[field, 'not in', Object.keys(colors)]] : [[field, '=', segment]]
}
