import type { Env } from '../orm/env.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import { loadData } from '../orm/load.ts'
import { cacheValue, readValue } from '../orm/values.ts'
import { ident, sql } from '../sql/fragment.ts'

/** The field whose text is the display name, when no layer computes another one. */
function plainNameField(info: ModelInfo): string | undefined {
  const computes = info.fields.get('display_name')?.computes ?? []
  const named = info.recName ? info.fields.get(info.recName) : undefined
  return computes.length === 1 && named?.column && (named.kind.text ?? false) ? named.name : undefined
}

/** Display names of records, whoever asks: id -> name. Records that do not exist have none. One query. */
export async function displayNames(
  env: Env,
  model: string,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map()
  const info = env.registry.get(model)
  const plain = plainNameField(info)
  if (plain && !env.transaction.draft) {
    const field = info.fields.get(plain)
    const rows = await env.connection.rows<{ id: number; name: unknown }>(
      sql`SELECT id, ${ident(plain)} AS name FROM ${ident(info.table)} WHERE ${env.dialect.anyOf(ident('id'), ids)}`,
    )
    return new Map(
      rows.map((row) => [row.id, field ? String(readValue(env, field, cacheValue(field, row.name)) ?? '') : '']),
    )
  }
  const data = await loadData(env.sudo('a name may be seen wherever it is referred to'), info, ids, ['display_name'])
  return new Map(data.map((record) => [record.id, (record['display_name'] as string | null) ?? '']))
}
