import type { FieldInfo } from '../fields/info.ts'
import type { Env } from './env.ts'
import { ident, sql } from '../sql/fragment.ts'
import { checkAccess } from './check-access.ts'
import { writeDirty } from './compute/flush.ts'
import { modified } from './compute/modified.ts'
import { unmarkStale } from './compute/stale-marks.ts'
import { fetchColumns } from './columns.ts'
import { MODEL_READ_ONLY, RECORD_MISSING } from './errors.ts'
import { exists } from './exists.ts'
import { falloutOf } from './fallout.ts'
import { forgetParents, mirrorsOf } from './lists.ts'
import type { ModelInfo } from './model-info.ts'
import { explained } from './violations.ts'

/** Deletes records, what hangs on them (attachments, external ids), and recomputes what they were part of. */
export async function unlink(env: Env, model: string, ids: readonly number[]): Promise<void> {
  const info = env.registry.get(model)
  if (info.kind === 'abstract' || info.kind === 'view') throw new MODEL_READ_ONLY(model)
  await checkAccess(env, model, ids, 'unlink')
  if (ids.length === 0) return
  const there = new Set(await exists(env, model, ids))
  const missing = ids.filter((id) => !there.has(id))
  if (missing.length > 0) throw new RECORD_MISSING(info.description, model, missing).with({ model, ids: missing })
  for (const { run } of info.ondeletes) await run(env, ids)
  await writeDirty(env)
  const { gone, changed } = await falloutOf(env, info, ids)
  for (const { info: other, field, ids: affected } of changed) await modified(env, other, [field], affected)
  for (const [lost, lostIds] of gone) await leave(env, lost, [...lostIds])
  await explained(env, info, ids, () =>
    env.connection.run(sql`DELETE FROM ${ident(info.table)} WHERE ${env.dialect.anyOf(ident('id'), ids)}`),
  )
  await explained(env, info, ids, () => env.connection.enforceKeys(info.table))
  env.transaction.verified.clear()
  for (const [lost, lostIds] of gone) {
    unmarkStale(env.transaction, lost.name, [...lostIds])
    env.transaction.cache.remove(lost.name, [...lostIds])
    env.transaction.touch(lost.name, lostIds)
    forgetReferences(env, lost.name, lostIds)
    if (lostIds.size > 0) {
      await removeReferring(env, lost, [...lostIds])
      await removeTraces(env, lost.name, [...lostIds])
    }
  }
}

/** Makes stale what the records were part of; they themselves need no values any more. */
async function leave(env: Env, info: ModelInfo, ids: readonly number[]): Promise<void> {
  const owners = mirrorsOf(env, info)
    .map(({ inverse }) => info.fields.get(inverse))
    .filter((field) => field !== undefined)
  await fetchColumns(
    env,
    info,
    ids,
    owners.filter((field) => field.column !== null),
  )
  await modified(env, info, info.fields.values(), ids)
  forgetParents(env, info, ids)
}

/** What a one2many shows through a reference that cascades goes with the records: no foreign key sees to that. */
async function removeReferring(env: Env, info: ModelInfo, ids: readonly number[]): Promise<void> {
  const references = new Map<string, { comodel: ModelInfo; inverse: FieldInfo }>()
  for (const { comodel: name, inverse: inverseName, stored } of info.fields.values()) {
    const comodel = stored && name && inverseName ? env.registry.get(name) : undefined
    const inverse = comodel?.fields.get(inverseName as string)
    if (comodel && inverse?.type === 'many2one_reference' && inverse.options.ondelete === 'cascade')
      references.set(`${name}.${inverseName}`, { comodel, inverse })
  }
  const system = env.sudo('what hangs on a record goes with it')
  for (const { comodel, inverse } of references.values()) {
    const rows = await env.connection.rows<{ id: number }>(sql`
      SELECT id FROM ${ident(comodel.table)}
      WHERE ${ident(inverse.options.modelField as string)} = ${info.name} AND ${env.dialect.anyOf(ident(inverse.name), ids)}`)
    if (rows.length > 0)
      await system
        .model(
          comodel.name,
          rows.map((row) => row.id),
        )
        .unlink()
  }
}

/** The database empties what refers to deleted records: so does the cache. */
function forgetReferences(env: Env, model: string, gone: ReadonlySet<number>): void {
  const { cache } = env.transaction
  for (const other of env.registry.models()) {
    const cached = cache.records(other.name)
    if (cached.size === 0) continue
    for (const field of other.fields.values()) {
      if (field.comodel !== model) continue
      if (field.type === 'many2many') cache.forget(other.name, [field.name, `${field.name}*`])
      else if (field.type === 'many2one' && field.column !== null) {
        for (const record of cached.values()) if (gone.has(record[field.name] as number)) record[field.name] = null
      }
    }
  }
}

/**
 * What hangs on the records goes with them. The external ids of data that upgrades leave alone stay, for no record: so
 * that no upgrade brings back what people deleted.
 */
async function removeTraces(env: Env, model: string, ids: readonly number[]): Promise<void> {
  if (!env.registry.has('ir.model.data')) return
  const named = sql`model = ${model} AND ${env.dialect.anyOf(ident('res_id'), ids)}`
  await env.connection.run(sql`DELETE FROM ir_model_data WHERE ${named} AND COALESCE(noupdate, ${false}) = ${false}`)
  await env.connection.run(sql`UPDATE ir_model_data SET res_id = NULL WHERE ${named}`)
  if (model === 'ir.attachment' || !env.registry.has('ir.attachment')) return
  const system = env.sudo('attachments go with their record').with({ context: { active_test: false } })
  const attachments = await system.connection.rows<{ id: number }>(
    sql`SELECT id FROM ir_attachment WHERE res_model = ${model} AND ${env.dialect.anyOf(ident('res_id'), ids)}`,
  )
  if (attachments.length > 0)
    await system
      .model(
        'ir.attachment',
        attachments.map((row) => row.id),
      )
      .unlink()
}
