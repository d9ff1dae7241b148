import type { Env, Transaction } from '#core'
import { keepsHistory } from '../thread/context.ts'
import { trackedFields } from './tracked-fields.ts'
import { plain, type Before } from './values.ts'
import { writeHistory } from './history.ts'

/** What one call changed so far: model -> record -> values before. */
type Snapshots = Map<string, Map<number, Before>>

const pending = new WeakMap<Transaction, Snapshots>()

/** The records of a model that changed in this call; the first of them has the history written at the end of it. */
function recordsOf(env: Env, modelName: string): Map<number, Before> {
  const { transaction } = env
  let models = pending.get(transaction)
  if (!models) {
    const fresh: Snapshots = new Map()
    models = fresh
    pending.set(transaction, fresh)
    transaction.beforeCommit(async () => {
      pending.delete(transaction)
      for (const [name, records] of fresh) await writeHistory(env, name, records)
    })
  }
  let records = models.get(modelName)
  if (!records) models.set(modelName, (records = new Map()))
  return records
}

function isTracked(env: Env): boolean {
  return keepsHistory(env) && !env.context.mail_notrack
}

/** Keeps what the fields that are about to be written hold: one query for all records. */
export async function keepBefore(
  env: Env,
  modelName: string,
  ids: readonly number[],
  names: ReadonlySet<string>,
): Promise<void> {
  if (!isTracked(env) || ids.length === 0) return
  const fields = trackedFields(env.registry.get(modelName)).flatMap(({ name }) => (names.has(name) ? name : []))
  if (fields.length === 0) return
  const records = recordsOf(env, modelName)
  const unknown = ids.filter((id) => fields.some((name) => !records.get(id)?.has(name)))
  if (unknown.length === 0) return
  for (const record of await env.sudo('the history tells what was there').model(modelName, unknown).load(fields)) {
    for (const name of fields) keep(records, record.id, name, plain(record[name]))
  }
}

/** The same for a stored value that was recomputed: what it was is known. */
export function keepRecomputed(env: Env, modelName: string, name: string, before: ReadonlyMap<number, unknown>): void {
  if (!isTracked(env) || !trackedFields(env.registry.get(modelName)).some((field) => field.name === name)) return
  const records = recordsOf(env, modelName)
  for (const [id, value] of before) keep(records, id, name, value)
}

/** What came first in the call stays. */
function keep(records: Map<number, Before>, id: number, name: string, value: unknown): void {
  let before = records.get(id)
  if (!before) records.set(id, (before = new Map()))
  if (!before.has(name)) before.set(name, value)
}
