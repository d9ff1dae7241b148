import type { Env, RecordSet } from '#core'
import type { MailThread } from '../models/mail_thread.ts'

/** Records of any model that has threads. */
export type ThreadSet = RecordSet<'mail.thread'> & MailThread

/** Whether records of the model have threads. */
export function hasThreads(env: Env, modelName: string): boolean {
  return env.registry.has(modelName) && env.registry.get(modelName).inherits.includes('mail.thread')
}

/** The records as threads, or `undefined` where their model has none. */
export function threadSet(env: Env, modelName: string, ids: readonly number[]): ThreadSet | undefined {
  if (!hasThreads(env, modelName)) return undefined
  return env.model(modelName, ids) as unknown as ThreadSet // the registry says that the model inherits the thread
}

/** The same for records whose layers below are the thread's own. */
export function asThread(records: RecordSet<'mail.thread'>): ThreadSet {
  return records as unknown as ThreadSet // every set of a model that inherits the thread has all of its layers
}
