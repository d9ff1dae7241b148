import type { Env, FieldInfo, ModelInfo } from '#core'
import { sql } from '#core'

const known = new WeakMap<ModelInfo, readonly FieldInfo[]>()

/** Fields whose changes are written to the history, in the order in which it shows them. */
export function trackedFields(info: ModelInfo): readonly FieldInfo[] {
  let fields = known.get(info)
  if (!fields) {
    fields = [...info.fields.values()]
      .filter(({ options, inherited }) => !inherited && options.tracking !== undefined && options.tracking !== false)
      .toSorted((a, b) => placeOf(a) - placeOf(b))
    known.set(info, fields)
  }
  return fields
}

/** Where the history shows a field among others: those without a number come last. */
export function placeOf({ options }: FieldInfo): number {
  return typeof options.tracking === 'number' ? options.tracking : 100
}

/** The records of the fields in `ir.model.fields`, by name; kept per process. */
export async function fieldIds(env: Env, modelName: string): Promise<ReadonlyMap<string, number>> {
  return env.caches.get('registry', `mail fields ${modelName}`, async () => {
    const rows = await env.connection.rows<{ id: number; name: string }>(
      sql`SELECT id, name FROM ir_model_fields WHERE model = ${modelName}`,
    )
    return new Map(rows.map(({ id, name }) => [name, id]))
  })
}
