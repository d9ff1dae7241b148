import Handlebars from 'handlebars'
import type { Env, FieldInfo } from '#core'

/** A record as a template sees it: plain values, which show as the record's name. */
export type RecordData = Readonly<Record<string, unknown>>

type Tree = Map<string, Tree>
type Loaded = Readonly<Record<string, unknown>> & { readonly id: number }

/** Records with what the paths name, in the language and with the rights of the environment: one query per relation. */
export async function recordData(
  env: Env,
  model: string,
  ids: readonly number[],
  paths: readonly string[],
): Promise<ReadonlyMap<number, RecordData>> {
  const needed = [...new Set(['display_name', ...paths])]
  const tree: Tree = new Map()
  for (const path of needed) {
    let level = tree
    for (const name of path.split('.')) {
      const next: Tree = level.get(name) ?? new Map()
      level.set(name, next)
      level = next
    }
  }
  const records = await env.model(model, ids).load(needed)
  return new Map(records.map((record) => [record.id, plain(env, model, record as Loaded, tree)]))
}

function plain(env: Env, model: string, record: Loaded, tree: Tree): RecordData {
  const data: Record<string, unknown> = Object.assign(Object.create(null) as object, { id: record.id })
  const { fields } = env.registry.get(model)
  for (const [name, level] of tree) {
    const field = fields.get(name)
    if (field && name !== 'id') data[name] = shown(env, field, record[name], level)
  }
  const text = typeof data['display_name'] === 'string' ? data['display_name'] : ''
  Object.defineProperty(data, 'toString', { value: () => text })
  return data
}

function shown(env: Env, field: FieldInfo, value: unknown, level: Tree): unknown {
  if (value === null || value === undefined) return null
  const { comodel } = field
  if (comodel !== null) {
    if (!Array.isArray(value)) return plain(env, comodel, value as Loaded, level)
    return value.map((one) => plain(env, comodel, one as Loaded, level))
  }
  // sanitized when it was stored
  return field.type === 'html' ? new Handlebars.SafeString(String(value)) : value
}
