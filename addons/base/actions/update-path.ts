import type { Env, FieldInfo } from '#core'

/** The end of a path of fields: the model, and its field. */
export interface PathEnd {
  readonly model: string
  readonly field: string
  readonly info: FieldInfo
}

/** Where a path like `partner_id.comment` leads from a model; undefined when it does not exist. */
export function fieldAtPath(env: Env, model: string, path: string): PathEnd | undefined {
  let at: PathEnd | undefined
  for (const name of path.split('.')) {
    const from: string | null = at ? at.info.comodel : model
    const info = from !== null && env.registry.has(from) ? env.registry.get(from).fields.get(name) : undefined
    if (from === null || !info) return undefined
    at = { model: from, field: name, info }
  }
  return at
}
