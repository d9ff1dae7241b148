import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'

/** Reserves ids for rows that are about to be inserted. */
export async function reserveIds(env: Env, info: ModelInfo, count: number): Promise<number[]> {
  const { reserved } = env.transaction
  if (env.dialect.concurrentWriters) {
    const rows = await env.connection.rows<{ id: number }>(env.dialect.nextIds(info.table, count))
    return rows.map((row) => row.id)
  }
  let last = reserved.get(info.table)
  if (last === undefined) {
    const [row] = await env.connection.rows<{ id: number }>(env.dialect.nextIds(info.table, 1))
    last = (row?.id ?? 1) - 1
  }
  reserved.set(info.table, last + count)
  const first = last + 1
  return Array.from({ length: count }, (_, i) => first + i)
}
