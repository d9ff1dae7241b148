import type { Env } from './env.ts'
import { ident, raw, sql } from '../sql/fragment.ts'

/** Those of the ids that are in the table, in the order given. */
export async function exists(env: Env, model: string, ids: readonly number[]): Promise<readonly number[]> {
  if (ids.length === 0) return []
  const info = env.registry.get(model)
  const rows = await env.connection.rows<{ id: number }>(
    sql`SELECT id FROM ${ident(info.table)} WHERE ${env.dialect.anyOf(raw('id'), ids)}`,
  )
  const there = new Set(rows.map((row) => row.id))
  return ids.filter((id) => there.has(id))
}
