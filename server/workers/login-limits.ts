import cluster from 'node:cluster'
import { LoginLimits } from '../../core/security/login-limits.ts'
import { isWorkerMessage, type WorkerMessage } from './messages.ts'

/** Limits of logins that count what all workers of the server see. */
export function loginLimits(): LoginLimits {
  if (!cluster.isWorker) return new LoginLimits()
  const limits = new LoginLimits(Date.now, (event) => {
    process.send?.({ kind: 'login', event } satisfies WorkerMessage)
  })
  process.on('message', (message) => {
    if (isWorkerMessage(message) && message.kind === 'login') limits.hear(message.event)
  })
  return limits
}
