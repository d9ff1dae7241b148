import { undoneOnError } from '../orm/attempt.ts'
import type { Env } from '../orm/env.ts'
import type { Runtime } from '../runtime.ts'
import { cron, SCHEDULER } from './cron.ts'

/** What became of a job that was due. */
export type JobRun =
  | { readonly state: 'done' }
  /** Another process runs it, or has run it by now. */
  | { readonly state: 'passed' }
  /** `failures` counts those in a row, this one included. */
  | { readonly state: 'failed'; readonly error: unknown; readonly failures: number }

/**
 * Runs a job that was found to be due: one call, in which no other process can run it. If its method throws, nothing
 * that it did stays, and the failure is recorded in the same call, so that nobody tries again in between.
 */
export async function runJob(runtime: Runtime, id: number): Promise<JobRun> {
  const started = new Date()
  try {
    return await runtime.call(SCHEDULER, 'write', (env) => attempt(env, id))
  } catch (error) {
    // the call as a whole could not be committed, or met others again and again
    const failures = await runtime.call(SCHEDULER, 'write', (env) => cron(env, [id])._failed(started, error))
    return { state: 'failed', error, failures }
  }
}

async function attempt(env: Env, id: number): Promise<JobRun> {
  const job = cron(env, [id])
  const started = new Date()
  if (!(await job._lock())) return { state: 'passed' }
  if (!(await cron(env)._due(started)).some((due) => due.id === id)) return { state: 'passed' }
  try {
    await undoneOnError(env, () => job._run_job())
    return { state: 'done' }
  } catch (error) {
    // the whole call is made again
    if (env.db.violation(error).kind === 'conflict') throw error
    return { state: 'failed', error, failures: await job._failed(started, error) }
  }
}
