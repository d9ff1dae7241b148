import type { FieldInfo } from '../../fields/info.ts'
import { sql } from '../../sql/fragment.ts'
import { catalog } from '../../i18n/catalog.ts'
import type { Env } from '../env.ts'

/** The labels of a selection in the language of the environment: value -> label, in their order. */
export async function choicesOf(env: Env, field: FieldInfo): Promise<Readonly<Record<string, string>>> {
  if (typeof field.selection === 'function') return field.selection(env)
  const labels = field.selection ?? {}
  if (env.lang === 'en_US') return labels
  const addon = field.addons[0] ?? 'base'
  const known = Object.entries(labels).map(([value, label]) => [value, catalog.translate(env.lang, addon, label)])
  return { ...(Object.fromEntries(known) as Record<string, string>), ...(await translated(env, field)) }
}

/** What people called choices that they translated where they are listed: in `ir.model.fields.selection`. */
async function translated(env: Env, field: FieldInfo): Promise<Record<string, string>> {
  if (!env.registry.has('ir.model.fields.selection')) return {}
  const rows = await env.connection.rows<{ value: string; label: string | null }>(sql`
    SELECT s.value, ${env.dialect.jsonText(sql`s.name`, env.lang)} AS label FROM ir_model_fields_selection s
    JOIN ir_model_fields f ON f.id = s.field_id WHERE f.model = ${field.model} AND f.name = ${field.name}`)
  return Object.fromEntries(rows.flatMap(({ value, label }) => (label === null ? [] : [[value, label]])))
}
