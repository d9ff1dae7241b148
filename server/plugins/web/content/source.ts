import { createHash } from 'node:crypto'
import type { Env } from '../../../../core/orm/env.ts'
import { imageType } from '../../../../core/tools/image.ts'
import { FILE_GONE } from '../../../errors.ts'

/** Which file an address asks for: an attachment, or a binary field of a record. */
export interface FileAddress {
  readonly model: string
  readonly id: number
  readonly field: string
  /** The field that holds the name of the file. */
  readonly nameField: string | null
  /** Opens an attachment to whoever has it. */
  readonly token: string | null
}

/** A file as it is sent. */
export interface SentFile {
  readonly bytes: Uint8Array
  readonly name: string
  readonly mimetype: string
  /** Changes with the content. */
  readonly checksum: string
}

const ATTACHMENT = 'ir.attachment'
/** Fields of an attachment that are its content. */
const CONTENTS: ReadonlySet<string> = new Set(['raw', 'datas'])
const UNKNOWN = 'application/octet-stream'

/**
 * The file behind an address, read with the rights of the environment's user.
 * @throws FILE_GONE where there is no such record, field or content
 */
export async function fileOf(env: Env, address: FileAddress): Promise<SentFile> {
  const { model, id, field } = address
  if (!env.registry.has(model)) throw new FILE_GONE(model, id, field)
  const info = env.registry.get(model)
  if (info.fields.get(field)?.type !== 'binary') throw new FILE_GONE(model, id, field)
  const record = env.model(model, [id])
  if ((await record.exists()).length === 0) throw new FILE_GONE(model, id, field)
  return model === ATTACHMENT && CONTENTS.has(field)
    ? attachmentFile(env, address)
    : fieldFile(
        env,
        address,
        address.nameField !== null && info.fields.has(address.nameField) ? address.nameField : null,
      )
}

/** Whether anybody may read an attachment: it is public, or the address holds its token. */
export async function isOpen(env: Env, { model, id, token }: FileAddress): Promise<boolean> {
  if (model !== ATTACHMENT) return false
  const asked = env.sudo('whether an attachment is public is asked before anybody is known').model(ATTACHMENT, [id])
  if ((await asked.exists()).length === 0) return false
  const [facts] = await asked.load(['public', 'access_token'])
  return facts?.['public'] === true || (token !== null && facts?.['access_token'] === token)
}

async function attachmentFile(env: Env, { model, id, field }: FileAddress): Promise<SentFile> {
  const [facts] = await env.model(ATTACHMENT, [id]).load(['name', 'mimetype', 'checksum', 'raw'])
  const bytes = facts?.['raw']
  if (!(bytes instanceof Uint8Array)) throw new FILE_GONE(model, id, field)
  return {
    bytes,
    name: String(facts?.['name'] ?? id),
    mimetype: String(facts?.['mimetype'] ?? UNKNOWN),
    checksum: String(facts?.['checksum'] ?? checksumOf(bytes)),
  }
}

async function fieldFile(env: Env, { model, id, field }: FileAddress, nameField: string | null): Promise<SentFile> {
  const [record] = await env.model(model, [id]).load([field, ...(nameField === null ? [] : [nameField])])
  const bytes = record?.[field]
  if (!(bytes instanceof Uint8Array)) throw new FILE_GONE(model, id, field)
  const mimetype = imageType(bytes) ?? (await keptType(env, model, id, field))
  const named = nameField === null ? null : record?.[nameField]
  const name = typeof named === 'string' && named !== '' ? named : `${model.replaceAll('.', '_')}-${id}-${field}`
  return { bytes, name, mimetype, checksum: checksumOf(bytes) }
}

/** The type that the attachment behind a field has; the rights to the record were checked when it was read. */
async function keptType(env: Env, model: string, id: number, field: string): Promise<string> {
  const found = await env
    .sudo('the type of a file that was read')
    .model(ATTACHMENT)
    .search([
      ['res_model', '=', model],
      ['res_id', '=', id],
      ['res_field', '=', field],
    ])
  const [facts] = await found.load(['mimetype'])
  return typeof facts?.['mimetype'] === 'string' ? facts['mimetype'] : UNKNOWN
}

function checksumOf(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex')
}
