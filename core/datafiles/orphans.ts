import { ComptoirError } from '../errors.ts'
import { undoneOnError } from '../orm/attempt.ts'
import type { Env } from '../orm/env.ts'
import { removeExternalIds, type ExternalId } from '../orm/transfer/external-ids.ts'
import { sql } from '../sql/fragment.ts'

/** Models whose records tell of the code, not of data files. */
export const REFLECTED: ReadonlySet<string> = new Set(['ir.model', 'ir.model.fields', 'ir.model.fields.selection'])

/** What became of the records that an addon's files no longer name. */
export interface Orphans {
  /** External ids of those that were deleted. */
  readonly removed: readonly string[]
  /** Those that could not be, because others use them, with what the model said. They stay as they are. */
  readonly kept: ReadonlyMap<string, string>
}

/**
 * Deletes the records that an addon once brought and whose external ids its files no longer name, the youngest first.
 * What upgrades leave alone (`noupdate`) stays.
 */
export async function removeOrphans(env: Env, module: string, named: ReadonlySet<string>): Promise<Orphans> {
  const removed: string[] = []
  const kept = new Map<string, string>()
  for (const orphan of await orphansOf(env, module, named)) {
    try {
      await undoneOnError(env, () => remove(env, orphan))
      removed.push(orphan.xmlid)
    } catch (error) {
      if (!(error instanceof ComptoirError)) throw error
      kept.set(orphan.xmlid, error.message)
    }
  }
  return { removed, kept }
}

async function orphansOf(env: Env, module: string, named: ReadonlySet<string>): Promise<ExternalId[]> {
  const rows = await env.connection.rows<{ name: string; model: string; res_id: number }>(sql`
    SELECT name, model, res_id FROM ir_model_data
    WHERE module = ${module} AND COALESCE(noupdate, ${false}) = ${false} ORDER BY id DESC`)
  return rows
    .filter(({ model, name }) => !REFLECTED.has(model) && !named.has(`${module}.${name}`))
    .map(({ name, model, res_id: id }) => ({ xmlid: `${module}.${name}`, model, id, noupdate: false }))
}

/** Takes the name away; the record goes as well unless another name keeps it. */
async function remove(env: Env, { xmlid, model, id }: ExternalId): Promise<void> {
  await removeExternalIds(env, [xmlid])
  const others = await env.connection.rows(
    sql`SELECT id FROM ir_model_data WHERE model = ${model} AND res_id = ${id} LIMIT ${1}`,
  )
  if (others.length > 0 || !env.registry.has(model)) return
  const record = await env.model(model, [id]).exists()
  if (record.length > 0) await record.unlink()
}
