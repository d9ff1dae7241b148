/** Durations of one kind of call, in milliseconds. */
export interface Timing {
  readonly median: number
  /** What 95 of 100 calls do not exceed. */
  readonly p95: number
  readonly runs: number
}

/** One thing that is called again and again; gets the number of the run, from 0. */
export type Call = (run: number) => Promise<unknown>

const LEAST_RUNS = 15

/** The middle one of some figures, 0 of none. */
export function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0
}

function timing(durations: readonly number[]): Timing {
  const sorted = durations.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { median: at(0.5), p95: at(0.95), runs: sorted.length }
}

/**
 * Times several calls in turns, so that whatever else the machine does meets all of them alike. First come warm-up
 * rounds that do not count, then rounds until each call ran `runs` times or the patience (milliseconds) is over.
 */
export async function inTurns(calls: readonly Call[], runs: number, patience: number): Promise<Timing[]> {
  const durations = calls.map((): number[] => [])
  const warmUp = Math.ceil(runs / 4)
  const began = performance.now()
  for (let run = 0; run < warmUp + runs; run++) {
    const late = performance.now() - began > patience
    if (late && (durations[0]?.length ?? 0) >= LEAST_RUNS) break
    for (const [i, call] of calls.entries()) {
      const start = performance.now()
      await call(run)
      const duration = performance.now() - start
      if (run >= warmUp) durations[i]?.push(duration)
    }
  }
  return durations.map(timing)
}
