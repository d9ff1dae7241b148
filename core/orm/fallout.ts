import type { FieldInfo } from '../fields/info.ts'
import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'
import type { Registry } from './registry.ts'
import { ident, sql } from '../sql/fragment.ts'

interface Reference {
  readonly info: ModelInfo
  readonly field: FieldInfo
}
interface References {
  /** Many2ones whose rows go with the record. */
  readonly cascading: readonly Reference[]
  /** Many2ones that become empty, of those that something is computed from. */
  readonly emptied: readonly Reference[]
  /** Many2manys that lose a link, of those that something is computed from. */
  readonly unlinked: readonly Reference[]
}

/** What the database does by itself when records are deleted. */
export interface Fallout {
  /** All records that go, the deleted ones first. */
  readonly gone: ReadonlyMap<ModelInfo, ReadonlySet<number>>
  /** Fields that lose their value or a link, and of which records; only those that something is computed from. */
  readonly changed: readonly { readonly info: ModelInfo; readonly field: FieldInfo; readonly ids: readonly number[] }[]
}

const known = new WeakMap<Registry, Map<string, References>>()

function referencesTo(registry: Registry, model: string): References {
  let all = known.get(registry)
  if (!all) known.set(registry, (all = new Map()))
  let found = all.get(model)
  if (!found) all.set(model, (found = findReferences(registry, model)))
  return found
}

function findReferences(registry: Registry, model: string): References {
  const references: Reference[] = []
  for (const info of registry.models()) {
    if (info.kind === 'abstract' || info.kind === 'view') continue
    for (const field of info.fields.values())
      if (field.comodel === model && field.stored) references.push({ info, field })
  }
  const ones = references.filter(
    ({ field }) => field.type === 'many2one' && field.column === 'integer' && !field.companyDependent,
  )
  const matters = ({ info, field }: Reference): boolean => registry.graph.triggers.has(`${info.name}.${field.name}`)
  return {
    cascading: ones.filter(({ field }) => field.ondelete === 'cascade'),
    emptied: ones.filter((one) => one.field.ondelete === 'set null' && matters(one)),
    unlinked: references.filter((one) => one.field.relation !== null && matters(one)),
  }
}

/** Follows the foreign keys from records that are about to be deleted: one query per key that leads on. */
export async function falloutOf(env: Env, start: ModelInfo, ids: readonly number[]): Promise<Fallout> {
  const { registry, connection, dialect } = env
  const gone = new Map<ModelInfo, Set<number>>([[start, new Set(ids)]])
  const changed: { info: ModelInfo; field: FieldInfo; ids: readonly number[] }[] = []
  const waiting: [ModelInfo, readonly number[]][] = [[start, ids]]
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [deleted, targets] = next
    const { cascading, emptied, unlinked } = referencesTo(registry, deleted.name)
    const rowsOf = async ({ info, field }: Reference): Promise<number[]> =>
      (
        await connection.rows<{ id: number }>(
          sql`SELECT id FROM ${ident(info.table)} WHERE ${dialect.anyOf(ident(field.name), targets)}`,
        )
      ).map((row) => row.id)
    for (const reference of cascading) {
      let lost = gone.get(reference.info)
      if (!lost) gone.set(reference.info, (lost = new Set()))
      const fresh = (await rowsOf(reference)).filter((id) => !lost.has(id))
      for (const id of fresh) lost.add(id)
      if (fresh.length > 0) waiting.push([reference.info, fresh])
    }
    for (const reference of emptied) changed.push({ ...reference, ids: await rowsOf(reference) })
    for (const { info, field } of unlinked) {
      if (!field.relation) continue
      const { table, column1, column2 } = field.relation
      const rows = await connection.rows<{ id: number }>(
        sql`SELECT DISTINCT ${ident(column1)} AS id FROM ${ident(table)} WHERE ${dialect.anyOf(ident(column2), targets)}`,
      )
      changed.push({ info, field, ids: rows.map((row) => row.id) })
    }
  }
  return { gone, changed }
}
