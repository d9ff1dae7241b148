import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import type { FastifyBaseLogger } from 'fastify'
import { AggregatorRegistry } from 'prom-client'
import { WORKER_FAILED } from '../errors.ts'
import { isWorkerMessage, type WorkerMessage } from './messages.ts'

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 30_000
/** A worker that lived so long did not fail because of how it started. */
const SETTLED_MS = 60_000
/** What workers get beyond their own patience before they are killed. */
const GRACE_MS = 5000

export interface SupervisorOptions {
  readonly workers: number
  /** Milliseconds that a worker gives calls under way when it is told to stop. */
  readonly patience: number
  readonly log: FastifyBaseLogger
}

/** Keeps a number of server processes alive that share one address; serves nothing itself. */
export class Supervisor {
  readonly #options: SupervisorOptions
  readonly #measurements = new AggregatorRegistry()
  readonly #timers = new Set<NodeJS.Timeout>()
  #isStopping = false

  constructor(options: SupervisorOptions) {
    this.#options = options
    // Workers take connections themselves. Handed on by this process, those that are on their way to a worker when it is
    // killed would never be answered, nor end.
    cluster.schedulingPolicy = cluster.SCHED_NONE
  }

  /**
   * Starts the workers and gives the address when all listen. The first one alone: it brings the database up to date,
   * and what is wrong is told once.
   * @throws WORKER_FAILED
   */
  async start(): Promise<string> {
    const address = await this.#begin(0)
    await Promise.all(Array.from({ length: this.#options.workers - 1 }, () => this.#begin(0)))
    return address
  }

  /** Tells the workers to finish the calls under way, and resolves when all have ended. */
  async stop(): Promise<void> {
    this.#isStopping = true
    for (const timer of this.#timers) clearTimeout(timer)
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
    await Promise.all(workers.map((worker) => this.#end(worker)))
  }

  /** A worker that listens, or the reason why it never did. It is replaced when it ends. */
  async #begin(failures: number): Promise<string> {
    const worker = cluster.fork()
    const started = Date.now()
    const { log } = this.#options
    return new Promise((resolve, reject) => {
      let listens = false
      worker.on('message', (message: unknown) => {
        if (!isWorkerMessage(message)) return
        if (message.kind === 'measure') return void this.#measure(worker, message.ask)
        if (message.kind !== 'listening') {
          for (const other of Object.values(cluster.workers ?? {}))
            if (other !== worker && other?.isConnected()) other.send(message)
          return
        }
        listens = true
        log.info({ worker: worker.process.pid }, 'worker listens')
        resolve(message.address)
      })
      worker.once('exit', (code, signal) => {
        const facts = { worker: worker.process.pid, code, signal }
        reject(new WORKER_FAILED(signal ? `signal ${signal}` : `code ${code}`))
        if (this.#isStopping) return
        if (!listens && failures === 0) return
        log.error(facts, 'a worker ended; another one takes its place')
        this.#replace(Date.now() - started > SETTLED_MS ? 0 : failures)
      })
    })
  }

  /** Starts another worker after a pause that doubles with each failure in a row. */
  #replace(failures: number): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer)
        this.#begin(failures + 1).catch((error: unknown) =>
          this.#options.log.error({ err: error }, 'a worker did not start'),
        )
      },
      Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS),
    )
    this.#timers.add(timer)
  }

  /** Tells a worker the sum of the measurements of all. */
  async #measure(worker: Worker, ask: string): Promise<void> {
    const text = await this.#measurements.clusterMetrics().catch(() => null)
    if (worker.isConnected()) worker.send({ kind: 'measured', ask, text } satisfies WorkerMessage)
  }

  async #end(worker: Worker): Promise<void> {
    if (worker.isDead()) return
    const ended = once(worker, 'exit')
    const impatience = setTimeout(() => worker.process.kill('SIGKILL'), this.#options.patience + GRACE_MS)
    worker.process.kill('SIGTERM')
    await ended
    clearTimeout(impatience)
  }
}
