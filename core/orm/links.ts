import type { FieldInfo } from '../fields/info.ts'
import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'
import { ident, sql } from '../sql/fragment.ts'
import { modified } from './compute/modified.ts'
import { REFERENCE_BROKEN } from './errors.ts'
import { forgetMany } from './relations.ts'

type Pair = readonly [owner: number, other: number]

/** Every many2many field of any model that shows the same relation table, with its direction. */
function fieldsOver(env: Env, table: string): { info: ModelInfo; field: FieldInfo }[] {
  const found: { info: ModelInfo; field: FieldInfo }[] = []
  for (const info of env.registry.models()) {
    if (info.kind === 'abstract') continue
    for (const field of info.fields.values())
      if (field.relation?.table === table && !field.inherited) found.push({ info, field })
  }
  return found
}

/** What a many2many field of the owners holds, archived records included. */
export async function linkedPairs(
  env: Env,
  field: FieldInfo,
  owners: readonly number[],
): Promise<Map<number, Set<number>>> {
  const linked = new Map<number, Set<number>>(owners.map((owner) => [owner, new Set()]))
  if (!field.relation || owners.length === 0) return linked
  const { table, column1, column2 } = field.relation
  const rows = await env.connection.rows<{ a: number; b: number }>(sql`
    SELECT ${ident(column1)} AS a, ${ident(column2)} AS b FROM ${ident(table)} WHERE ${env.dialect.anyOf(ident(column1), owners)}`)
  for (const { a, b } of rows) linked.get(a)?.add(b)
  return linked
}

/** Makes the many2many field of each record hold exactly these ids. */
export async function writeLinks(
  env: Env,
  field: FieldInfo,
  wanted: ReadonlyMap<number, readonly number[]>,
): Promise<void> {
  if (wanted.size === 0) return
  const before = await linkedPairs(env, field, [...wanted.keys()])
  const added: Pair[] = []
  const removed: Pair[] = []
  for (const [owner, others] of wanted) {
    const had = before.get(owner) as Set<number>
    const keeps = new Set(others)
    for (const other of keeps) if (!had.has(other)) added.push([owner, other])
    for (const other of had) if (!keeps.has(other)) removed.push([owner, other])
  }
  await changeLinks(env, field, added, removed)
}

/** @throws REFERENCE_BROKEN when a record at the other end does not exist */
async function insertLinks(env: Env, field: FieldInfo, pairs: readonly Pair[]): Promise<void> {
  const { table, column1, column2 } = field.relation as NonNullable<FieldInfo['relation']>
  try {
    await env.connection.insert(
      table,
      [
        { name: column1, type: 'integer' },
        { name: column2, type: 'integer' },
      ],
      pairs,
    )
  } catch (error) {
    if (env.db.violation(error).kind !== 'foreign') throw error
    const others = [...new Set(pairs.map(([, other]) => other))]
    throw new REFERENCE_BROKEN(field.model, field.name, others, field.comodel as string).with({
      model: field.model,
      field: field.name,
    })
  }
}

/** Adds links that are not there yet, and removes others. Both ends are told. */
export async function changeLinks(
  env: Env,
  field: FieldInfo,
  added: readonly Pair[],
  removed: readonly Pair[],
): Promise<void> {
  const relation = field.relation
  if (!relation || added.length + removed.length === 0) return
  const { table, column1, column2 } = relation
  if (removed.length > 0) {
    const columns = [
      { name: 'a', type: 'integer' as const },
      { name: 'b', type: 'integer' as const },
    ]
    await env.connection.run(sql`
      DELETE FROM ${ident(table)} WHERE (${ident(column1)}, ${ident(column2)}) IN (SELECT v.a, v.b FROM ${env.dialect.rowsTable(columns, removed)})`)
  }
  if (added.length > 0) {
    await insertLinks(env, field, added)
  }
  const changed = [...added, ...removed]
  const owners = [...new Set(changed.map(([owner]) => owner))]
  const others = [...new Set(changed.map(([, other]) => other))]
  for (const shown of fieldsOver(env, table)) {
    const ids = shown.field.relation?.column1 === column1 ? owners : others
    forgetMany(env, shown.info, shown.field, ids)
    env.transaction.touch(shown.info.name, ids)
    await modified(env, shown.info, [shown.field], ids)
  }
}
