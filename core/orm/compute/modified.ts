import type { FieldInfo } from '../../fields/info.ts'
import type { Env } from '../env.ts'
import type { ModelInfo } from '../model-info.ts'
import type { Trigger } from './graph.ts'
import { markStale } from './stale-marks.ts'
import { traceBack } from './trace.ts'

/**
 * Marks stale what depends on the fields of the records. For records that were just created nothing can point to
 * them yet, but they are lines of others: only paths that arrive through a one2many count.
 */
export async function modified(
  env: Env,
  info: ModelInfo,
  fields: Iterable<FieldInfo>,
  ids: readonly number[],
  created = false,
): Promise<void> {
  if (ids.length === 0) return
  const { triggers } = env.registry.graph
  const seen = new Set<string>()
  const reached = new Map<string, readonly number[]>()
  for (const field of fields) {
    for (const trigger of triggers.get(`${info.name}.${field.name}`) ?? []) {
      const last = trigger.path.at(-1)
      if (created && last?.field.type !== 'one2many') continue
      const way = `${trigger.model.name}:${trigger.path.map((hop) => hop.field.name).join('.')}`
      const target = `${way}>${trigger.field.name}`
      if (seen.has(target)) continue
      seen.add(target)
      let affected = reached.get(way)
      if (!affected) reached.set(way, (affected = await traceBack(env, trigger, ids)))
      markStale(env.transaction, trigger.model.name, trigger.field.name, except(trigger, field, affected, ids))
    }
  }
}

/** A field is not stale because of its own new value on the same record. */
function except(
  trigger: Trigger,
  field: FieldInfo,
  affected: readonly number[],
  ids: readonly number[],
): readonly number[] {
  return trigger.path.length === 0 && trigger.field === field ? affected.filter((id) => !ids.includes(id)) : affected
}
