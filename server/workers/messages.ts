import type { LoginEvent } from '../../core/security/login-limits.ts'

/** What a worker tells the process that supervises it, which passes login events on to the other workers. */
export type WorkerMessage =
  | { readonly kind: 'listening'; readonly address: string }
  | { readonly kind: 'login'; readonly event: LoginEvent }

/** Whether something that came between processes is such a message, and not one that Node sends for itself. */
export function isWorkerMessage(value: unknown): value is WorkerMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    (value.kind === 'listening' || value.kind === 'login')
  )
}
