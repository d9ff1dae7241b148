import { setImmediate as turnOfOthers } from 'node:timers/promises'
import { ComptoirError } from '../errors.ts'
import type { Runtime } from '../runtime.ts'
import { cron, type DueJob, SCHEDULER } from './cron.ts'
import { runJob } from './run-job.ts'

/** Where the scheduler tells what happens; a pino logger fits. */
export interface JobLog {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

export interface SchedulerOptions {
  /** Milliseconds after which it looks for due jobs even if it heard of none: other processes may have changed them. */
  readonly pollMs?: number
}

const POLL_MS = 60_000
/** How soon it looks again when it could do nothing: another process runs the job, or the database fails. */
const PAUSE_MS = 1000
/** From so many failures of a job in a row on, they are errors and not warnings. */
const ALARMING = 3

/**
 * Runs the jobs (`ir.cron`) of one database in this process, one after the other, each as its own user in a call of
 * its own. It sleeps until the next one is due, a commit of this process changes a job, or it is time to poll.
 * Schedulers of other processes may work on the same database: each due job is run by one of them.
 */
export class Scheduler {
  readonly #runtime: Runtime
  readonly #log: JobLog
  readonly #pollMs: number
  #stopping = false
  #woken = false
  #wake: () => void = () => undefined
  #ended: Promise<void> | undefined
  #unlisten: () => void = () => undefined

  constructor(runtime: Runtime, log: JobLog, options: SchedulerOptions = {}) {
    this.#runtime = runtime
    this.#log = log
    this.#pollMs = options.pollMs ?? POLL_MS
  }

  /** Starts to run jobs. */
  start(): void {
    this.#unlisten = this.#runtime.caches.listen((subjects) => {
      if (subjects.has('jobs') || subjects.has('registry')) this.#rouse()
    })
    this.#ended ??= this.#work()
  }

  /** Starts no further job and resolves when the one under way is finished. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#unlisten()
    this.#rouse()
    await this.#ended
  }

  #rouse(): void {
    this.#woken = true
    this.#wake()
  }

  async #work(): Promise<void> {
    while (!this.#stopping) {
      this.#woken = false
      const pause = await this.#round().catch((error: unknown) => {
        this.#log.error({ err: error }, 'jobs could not be looked for')
        return PAUSE_MS
      })
      await this.#sleep(Math.min(pause, this.#pollMs))
    }
  }

  /** Runs what is due and gives the milliseconds until something will be. */
  async #round(): Promise<number> {
    const due = await this.#runtime.call(SCHEDULER, 'read', (env) => cron(env)._due(new Date()))
    let ran = 0
    for (const job of due) {
      await turnOfOthers()
      if (this.#stopping) return 0
      if (await this.#run(job)) ran++
    }
    const next = await this.#runtime.call(SCHEDULER, 'read', (env) => cron(env)._next_due())
    if (next === null) return this.#pollMs
    return Math.max(next.getTime() - Date.now(), ran > 0 && ran === due.length ? 0 : PAUSE_MS)
  }

  /** Runs one job and tells how it went; false when this process could not do it. */
  async #run({ id, name }: DueJob): Promise<boolean> {
    const start = performance.now()
    const facts = (): object => ({ job: name, cron: id, ms: Math.round(performance.now() - start) })
    try {
      const run = await runJob(this.#runtime, id)
      if (run.state === 'done') this.#log.info(facts(), 'job done')
      if (run.state === 'failed') this.#tellFailure({ ...facts(), ...reason(run.error) }, run.failures)
      return run.state !== 'passed'
    } catch (error) {
      this.#log.error({ ...facts(), err: error }, 'the failure of a job could not be recorded')
      return false
    }
  }

  #tellFailure(facts: object, failures: number): void {
    this.#log[failures < ALARMING ? 'warn' : 'error']({ ...facts, failures }, 'job failed')
  }

  /** Waits, but not after a change that came while jobs ran. */
  async #sleep(ms: number): Promise<void> {
    if (this.#woken || this.#stopping || ms <= 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

/** A refusal in words; anything else is a mistake of the program, with its stack. */
function reason(error: unknown): object {
  return error instanceof ComptoirError ? { error: error.code, reason: error.message } : { err: error }
}
