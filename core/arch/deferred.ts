import type { Env } from '../orm/env.ts'
import type { Transaction } from '../orm/transaction.ts'

const waiting = new WeakMap<Transaction, Set<number>>()

/** Notes views that are checked once all data of their addon is there. */
export function deferViews(env: Env, ids: Iterable<number>): void {
  const views = waiting.get(env.transaction) ?? new Set()
  for (const id of ids) views.add(id)
  waiting.set(env.transaction, views)
}

/** The views that wait in this transaction; they wait no more. */
export function takeDeferredViews(env: Env): number[] {
  const views = [...(waiting.get(env.transaction) ?? [])]
  waiting.delete(env.transaction)
  return views
}
