import type { FieldInfo } from '../fields/info.ts'
import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'
import { internals } from './internals.ts'

/** Brings values of computed and related fields to where they come from: field -> id -> value. */
export async function applyInverses(
  env: Env,
  info: ModelInfo,
  values: ReadonlyMap<FieldInfo, ReadonlyMap<number, unknown>>,
): Promise<void> {
  for (const [field, byId] of values) {
    if (field.inverseOf) await field.inverseOf.run(byId, env, info.name)
    else if (field.related) await writeRelated(env, info, field, byId)
  }
}

/** Writes to the record at the end of the path; records that share it and the value are written once. */
async function writeRelated(
  env: Env,
  info: ModelInfo,
  field: FieldInfo,
  values: ReadonlyMap<number, unknown>,
): Promise<void> {
  const path = field.related as readonly string[]
  const last = path.at(-1) as string
  const targets = new Map<string, { model: string; ids: Set<number>; value: unknown }>()
  const model = path
    .slice(0, -1)
    .reduce((name, segment) => env.registry.get(name).fields.get(segment)?.comodel as string, info.name)
  const system = env.sudo('the way to a related record')
  for (const record of await internals.loadData(system, info, [...values.keys()], [path.slice(0, -1).join('.')])) {
    const end = path.slice(0, -1).reduce<unknown>((value, segment) => {
      const next = (value as Record<string, unknown> | null)?.[segment]
      return Array.isArray(next) ? next[0] : next
    }, record)
    if (!end) continue
    const value = values.get(record.id)
    const key = JSON.stringify(value) ?? ''
    const target = targets.get(key) ?? { model, ids: new Set(), value }
    target.ids.add((end as { id: number }).id)
    targets.set(key, target)
  }
  for (const target of targets.values()) await env.model(target.model, [...target.ids]).write({ [last]: target.value })
}
