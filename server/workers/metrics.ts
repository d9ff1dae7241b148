import cluster from 'node:cluster'
import { randomUUID } from 'node:crypto'
import { AggregatorRegistry, type Registry } from 'prom-client'
import { METRICS_INCOMPLETE } from '../errors.ts'
import { isWorkerMessage, type WorkerMessage } from './messages.ts'

/** Longer than the process that supervises waits for workers. */
const PATIENCE_MS = 6000

/**
 * Gives what answers a scrape: the measurements of this process, or as one of several workers the sum over all.
 * @throws METRICS_INCOMPLETE when a worker does not tell its own
 */
export function measurements(register: Registry): () => Promise<string> {
  if (!cluster.isWorker) return () => register.metrics()
  // The registry answers by itself when the process that supervises asks for it.
  void new AggregatorRegistry().contentType
  AggregatorRegistry.setRegistries([register])
  return async () => {
    const text = await askSupervisor()
    if (text === null) throw new METRICS_INCOMPLETE()
    return text
  }
}

async function askSupervisor(): Promise<string | null> {
  const ask = randomUUID()
  return new Promise((resolve) => {
    const end = (text: string | null): void => {
      clearTimeout(timer)
      process.off('message', received)
      resolve(text)
    }
    const received = (message: unknown): void => {
      if (isWorkerMessage(message) && message.kind === 'measured' && message.ask === ask) end(message.text)
    }
    const timer = setTimeout(() => end(null), PATIENCE_MS)
    process.on('message', received)
    process.send?.({ kind: 'measure', ask } satisfies WorkerMessage)
  })
}
