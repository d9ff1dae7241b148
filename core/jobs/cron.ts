import type { Env } from '../orm/env.ts'

/** A job that is due. */
export interface DueJob {
  readonly id: number
  readonly name: string
}

/** What the scheduler asks of the model `ir.cron`, which the addon `base` declares. */
export interface CronRecords {
  /** The jobs that are due, in the order in which they should run. */
  _due(now: Date): Promise<readonly DueJob[]>
  /** When a job is due next; null when none ever is. */
  _next_due(): Promise<Date | null>
  /** Keeps others from running the one job until the commit; false when somebody runs it already. */
  _lock(): Promise<boolean>
  /** Runs the one job and records that it went well. */
  _run_job(): Promise<void>
  /** Records that the one job failed, and has it tried again. Gives how often in a row it failed. */
  _failed(started: Date, error: unknown): Promise<number>
}

/** The system itself, on whose behalf the scheduler looks for jobs; each job runs as its own user. */
export const SCHEDULER = { uid: 1, su: true } as const

/** The jobs with these ids. */
export function cron(env: Env, ids: readonly number[] = []): CronRecords {
  return env.model('ir.cron', ids) as unknown as CronRecords
}
