import type { FieldInfo } from '../../fields/info.ts'
import type { Env } from '../env.ts'
import type { ModelInfo } from '../model-info.ts'
import { internals } from '../internals.ts'

/** Computes those of the fields that are stale for any of the records. */
export async function recomputeStale(env: Env, info: ModelInfo, ids: readonly number[], fields: readonly FieldInfo[]): Promise<void> {
  const waiting = env.transaction.stale.get(info.name)
  if (!waiting || waiting.size === 0) return
  const affected = fields.filter((field) => {
    const stale = waiting.get(field.name)
    return stale !== undefined && ids.some((id) => stale.has(id))
  })
  const { order } = env.registry.graph
  affected.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
  for (const field of affected) await internals.recompute(env, info, field)
}
