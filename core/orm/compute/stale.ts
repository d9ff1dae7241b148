import type { FieldInfo } from '../../fields/info.ts'
import type { Env } from '../env.ts'
import type { ModelInfo } from '../model-info.ts'
import { internals } from '../internals.ts'

const MAX_ROUNDS = 10_000

/**
 * Computes the fields that are stale for any of the records. What they come from is computed first, for whichever
 * records: only then is it known whether these are stale too.
 */
export async function recomputeStale(
  env: Env,
  info: ModelInfo,
  ids: readonly number[],
  fields: readonly FieldInfo[],
): Promise<void> {
  const { stale } = env.transaction
  if (stale.size === 0) return
  const { order, upstream } = env.registry.graph
  const computed = fields.filter((field) => order.has(field))
  if (computed.length === 0) return
  const sources = new Set(computed.flatMap((field) => [...(upstream.get(field) ?? [])]))
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const waiting = [...sources].filter((field) => hasStale(env, field))
    if (waiting.length === 0) break
    const next = waiting.reduce((first, field) => ((order.get(field) ?? 0) < (order.get(first) ?? 0) ? field : first))
    if (!(await internals.recompute(env, env.registry.get(next.model), next))) break
  }
  for (const field of computed) {
    const own = stale.get(info.name)?.get(field.name)
    if (own && ids.some((id) => own.has(id))) await internals.recompute(env, info, field)
  }
}

function hasStale(env: Env, field: FieldInfo): boolean {
  return (env.transaction.stale.get(field.model)?.get(field.name)?.size ?? 0) > 0
}
