import type { Transaction } from '../transaction.ts'

/** Remembers that stored values are no longer right. They are computed when read, searched by, or at the end of the call. */
export function markStale(transaction: Transaction, model: string, field: string, ids: readonly number[]): void {
  if (ids.length === 0) return
  let fields = transaction.stale.get(model)
  if (!fields) transaction.stale.set(model, (fields = new Map()))
  const stale = fields.get(field)
  if (stale) for (const id of ids) stale.add(id)
  else fields.set(field, new Set(ids))
}

/** Takes ids out again: because a value was given, or the record is gone. Without a field, of all fields. */
export function unmarkStale(transaction: Transaction, model: string, ids: readonly number[], field?: string): void {
  const fields = transaction.stale.get(model)
  if (!fields) return
  for (const [name, stale] of fields) {
    if (field !== undefined && name !== field) continue
    for (const id of ids) stale.delete(id)
    if (stale.size === 0) fields.delete(name)
  }
}
