import type { LoginEvent } from '../../core/security/login-limits.ts'

/** Records that a call changed. */
export interface Notice {
  readonly uid: number
  readonly records: Readonly<Record<string, readonly number[]>>
}

/** What a worker tells the process that supervises it, which passes logins and changes on to the other workers and answers `measure` with
 * the sum of their measurements, null when a worker did not tell its own. */
export type WorkerMessage =
  | { readonly kind: 'changed'; readonly notice: Notice }
  | { readonly kind: 'listening'; readonly address: string }
  | { readonly kind: 'login'; readonly event: LoginEvent }
  | { readonly kind: 'measure'; readonly ask: string }
  | { readonly kind: 'measured'; readonly ask: string; readonly text: string | null }

/** Whether something that came between processes is such a message, and not one that Node sends for itself. */
export function isWorkerMessage(value: unknown): value is WorkerMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    ['listening', 'login', 'changed', 'measure', 'measured'].includes(String(value.kind))
  )
}
