import type { FieldInfo } from '../fields/info.ts'
import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'
import type { AnyRecordSet } from './record-set.ts'

/** The contents of an attached binary field: id -> bytes. One query for the rows, one file each for the contents. */
export async function readBinary(
  env: Env,
  info: ModelInfo,
  field: FieldInfo,
  ids: readonly number[],
): Promise<Map<number, unknown>> {
  const values = new Map<number, unknown>(
    ids.map((id) => [id, env.transaction.cache.find(info.name, id)?.[field.name] ?? null]),
  )
  const saved = ids.filter((id) => id > 0 && values.get(id) === null)
  if (saved.length === 0) return values
  const attachments = await attachmentsOf(env, info, field, saved)
  for (const attachment of await attachments.load(['res_id', 'raw']))
    values.set(attachment['res_id'] as number, attachment['raw'])
  return values
}

/** The sizes of the contents in bytes, without reading them. */
export async function readBinarySizes(
  env: Env,
  info: ModelInfo,
  field: FieldInfo,
  ids: readonly number[],
): Promise<Map<number, number>> {
  const attachments = await attachmentsOf(env, info, field, ids)
  return new Map(
    (await attachments.load(['res_id', 'file_size'])).map((one) => [
      one['res_id'] as number,
      one['file_size'] as number,
    ]),
  )
}

/** Replaces the contents of a binary field; `null` removes them. */
export async function writeBinary(
  env: Env,
  info: ModelInfo,
  field: FieldInfo,
  contents: ReadonlyMap<number, Uint8Array | null>,
): Promise<void> {
  if (contents.size === 0) return
  env.transaction.cache.forget(info.name, [field.name], [...contents.keys()])
  const before = await attachmentsOf(env, info, field, [...contents.keys()])
  if (before.length > 0) await before.unlink()
  const created = [...contents].flatMap(([id, raw]) =>
    raw ? [{ name: field.name, res_model: info.name, res_field: field.name, res_id: id, raw }] : [],
  )
  if (created.length > 0) await env.model('ir.attachment').sudo('the content of a binary field').create(created)
}

async function attachmentsOf(
  env: Env,
  info: ModelInfo,
  field: FieldInfo,
  ids: readonly number[],
): Promise<AnyRecordSet> {
  return env
    .model('ir.attachment')
    .sudo('the content of a binary field')
    .search([
      ['res_model', '=', info.name],
      ['res_field', '=', field.name],
      ['res_id', 'in', ids],
    ])
}
