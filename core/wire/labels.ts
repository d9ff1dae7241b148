import type { FieldInfo } from '../fields/info.ts'
import type { Env } from '../orm/env.ts'

/** A label, help or selection text of a field in the user's language. */
export function labelIn(_env: Env, _field: FieldInfo, text: string): string {
  return text
}
