import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'
import { ident, sql } from '../sql/fragment.ts'
import { fetchColumns } from './columns.ts'
import { TREE_LOOP } from './errors.ts'
import type { FieldInfo } from '../fields/info.ts'

/** Gives new records their place in the tree: the ids from the root down to themselves, each followed by `/`. */
export async function placeInTree(env: Env, info: ModelInfo, ids: readonly number[]): Promise<void> {
  if (!info.parentStore) return
  const { cache } = env.transaction
  const path = info.fields.get('parent_path') as FieldInfo
  const parents = ids.flatMap((id) => (cache.record(info.name, id)[info.parentName] as number | null) ?? [])
  await fetchColumns(
    env,
    info,
    [...new Set(parents)].filter((id) => !ids.includes(id)),
    [path],
  )
  for (const id of ids) {
    const record = cache.record(info.name, id)
    const parent = record[info.parentName] as number | null
    const above =
      parent === null ? '' : ((cache.find(info.name, parent)?.['parent_path'] as string | null) ?? `${parent}/`)
    record['parent_path'] = `${above}${id}/`
  }
}

/**
 * Moves the subtrees of records whose parent was changed.
 * @throws TREE_LOOP when a record would be below itself
 */
export async function moveInTree(
  env: Env,
  info: ModelInfo,
  ids: readonly number[],
  parent: number | null,
): Promise<void> {
  if (!info.parentStore || ids.length === 0) return
  const { connection, dialect } = env
  const { cache } = env.transaction
  const path = info.fields.get('parent_path') as FieldInfo
  await fetchColumns(env, info, parent === null ? ids : [...ids, parent], [path])
  const pathOf = (id: number): string => (cache.find(info.name, id)?.['parent_path'] as string | null) ?? `${id}/`
  const above = parent === null ? '' : pathOf(parent)
  for (const id of ids) {
    const before = pathOf(id)
    if (above.startsWith(before)) throw new TREE_LOOP(info.description).with({ model: info.name, ids: [id] })
    const column = ident('parent_path')
    await connection.run(sql`
      UPDATE ${ident(info.table)} SET ${column} = ${`${above}${id}/`} || substr(${column}, ${before.length + 1})
      WHERE ${dialect.like(column, `${before}%`)}`)
  }
  cache.forget(info.name, ['parent_path'])
}
