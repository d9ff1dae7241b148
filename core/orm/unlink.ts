import type { Env } from './env.ts'
import { ident, sql } from '../sql/fragment.ts'
import { checkAccess } from './check-access.ts'
import { writeDirty } from './compute/flush.ts'
import { modified } from './compute/modified.ts'
import { unmarkStale } from './compute/stale-marks.ts'
import { fetchColumns } from './columns.ts'
import { mirrorsOf, forgetParents } from './create.ts'
import { MODEL_READ_ONLY, RECORD_MISSING } from './errors.ts'
import { exists } from './exists.ts'
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
  const owners = mirrorsOf(env, info).map(({ inverse }) => info.fields.get(inverse)).filter((field) => field !== undefined)
  await fetchColumns(env, info, ids, owners.filter((field) => field.column !== null))
  await modified(env, info, info.fields.values(), ids)
  unmarkStale(env.transaction, model, ids)
  forgetParents(env, info, ids)
  await writeDirty(env)
  await explained(env, info, ids, () => env.connection.run(sql`DELETE FROM ${ident(info.table)} WHERE ${env.dialect.anyOf(ident('id'), ids)}`))
  env.transaction.cache.remove(model, ids)
  forgetReferences(env, model, ids)
  env.transaction.verified.clear()
  await removeTraces(env, model, ids)
}

/** Foreign keys were emptied, or rows deleted, by the database: what the cache holds of them is read anew. */
function forgetReferences(env: Env, model: string, ids: readonly number[]): void {
  const { cache, dirty } = env.transaction
  const gone = new Set(ids)
  for (const other of env.registry.models()) {
    const cached = cache.records(other.name)
    if (cached.size === 0) continue
    for (const field of other.columns) {
      if (field.comodel !== model || field.type !== 'many2one') continue
      for (const [id, record] of cached) {
        if (!gone.has(record[field.name] as number)) continue
        if (field.ondelete === 'set null') record[field.name] = null
        else {
          cache.remove(other.name, [id])
          dirty.get(other.name)?.delete(id)
          unmarkStale(env.transaction, other.name, [id])
        }
      }
    }
    for (const field of other.fields.values()) if (field.type === 'many2many' && field.comodel === model) cache.forget(other.name, [field.name, `${field.name}*`])
  }
}

async function removeTraces(env: Env, model: string, ids: readonly number[]): Promise<void> {
  if (!env.registry.has('ir.model.data')) return
  await env.connection.run(sql`DELETE FROM ir_model_data WHERE model = ${model} AND ${env.dialect.anyOf(ident('res_id'), ids)}`)
  if (model === 'ir.attachment' || !env.registry.has('ir.attachment')) return
  const system = env.sudo('attachments go with their record').with({ context: { active_test: false } })
  const attachments = await system.connection.rows<{ id: number }>(
    sql`SELECT id FROM ir_attachment WHERE res_model = ${model} AND ${env.dialect.anyOf(ident('res_id'), ids)}`)
  if (attachments.length > 0) await system.model('ir.attachment', attachments.map((row) => row.id)).unlink()
}
