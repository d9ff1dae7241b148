import Handlebars from 'handlebars'
import type { Env, FieldInfo } from '#core'

/** A record as a template sees it: plain values, nothing that leads anywhere else. */
export type RecordData = Readonly<Record<string, unknown>>

type Tree = Map<string, Tree>

/**
 * The records with what the paths name, as plain data: one query per model and relation for all of them, with the
 * rights and in the language of the environment. Records show as their names. Contents of files are left out unless
 * `files` asks for them.
 */
export async function recordData(
  env: Env,
  model: string,
  ids: readonly number[],
  paths: readonly string[],
  { files = false }: { readonly files?: boolean } = {},
): Promise<ReadonlyMap<number, RecordData>> {
  const needed = [...new Set(['display_name', ...paths])]
  const tree: Tree = new Map()
  for (const path of needed) {
    let level = tree
    for (const name of path.split('.')) {
      const next: Tree = level.get(name) ?? new Map<string, Tree>()
      level.set(name, next)
      level = next
    }
  }
  const records = await env.model(model, ids).load(needed)
  return new Map(records.map((record) => [record.id, plain({ env, files }, model, record, tree)]))
}

/** What the whole of a record is read with. */
interface Reading {
  readonly env: Env
  readonly files: boolean
}

type Loaded = Readonly<Record<string, unknown>> & { readonly id: number }

function plain(reading: Reading, model: string, record: Loaded, tree: Tree): RecordData {
  const data: Record<string, unknown> = Object.assign(Object.create(null) as object, { id: record.id })
  const { fields } = reading.env.registry.get(model)
  for (const [name, level] of tree) {
    const field = fields.get(name)
    if (!field || name === 'id') continue
    data[name] = shown(reading, field, record[name], level)
  }
  const text = typeof data['display_name'] === 'string' ? data['display_name'] : ''
  Object.defineProperty(data, 'toString', { value: () => text })
  return data
}

function shown(reading: Reading, field: FieldInfo, value: unknown, level: Tree): unknown {
  if (value === null || value === undefined) return null
  if (value instanceof Uint8Array && !reading.files) return null
  if (field.comodel !== null) {
    const { comodel } = field
    if (!Array.isArray(value)) return plain(reading, comodel, value as Loaded, level)
    return value.map((one) => plain(reading, comodel, one as Loaded, level))
  }
  // sanitized when it was stored
  if (field.type === 'html') return new Handlebars.SafeString(String(value))
  return value
}
