import type { FieldInfo } from '../fields/info.ts'
import { catalog } from '../i18n/catalog.ts'
import type { Env } from '../orm/env.ts'

/** A label, help or selection text of a field in the user's language, as the addon that declares the field says it. */
export function labelIn(env: Env, field: FieldInfo, text: string): string {
  return catalog.translate(env.lang, field.addons[0] ?? 'base', text)
}
