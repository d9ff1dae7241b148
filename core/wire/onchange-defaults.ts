import type { Env } from '../orm/env.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Loose } from '../orm/operations.ts'
import type { Specification } from './specification.ts'

/** Defaults of a new record in a form: of the fields shown, and of those that computed ones may depend on. */
export async function fieldDefaultsFor(env: Env, info: ModelInfo, specification: Specification): Promise<Loose> {
  const names = new Set(Object.keys(specification))
  for (const field of info.fields.values()) if (field.column !== null) names.add(field.name)
  names.delete('id')
  return env.model(info.name).default_get([...names])
}
