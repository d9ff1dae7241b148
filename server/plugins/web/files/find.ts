import { createHash, timingSafeEqual } from 'node:crypto'
import type { Env } from '../../../../core/orm/env.ts'
import { mimetypeOf, mimetypeOfContent } from '../../../../core/tools/mimetype.ts'
import { callIn } from '../../../../core/wire/dispatch.ts'
import { type FileAddress, type FileQuery, textOf } from './address.ts'

/** A content with what a browser is told of it. */
export interface FoundFile {
  readonly bytes: Uint8Array
  readonly name: string
  readonly mimetype: string
  /** Other for any other content. */
  readonly checksum: string
}

/** An attachment that is a link. */
export interface FoundLink {
  readonly url: string
}

interface AttachmentRow {
  readonly public: boolean
  readonly access_token: string | null
  readonly type: string
  readonly url: string | null
  readonly name: string
  readonly mimetype: string | null
  readonly checksum: string | null
}

const ATTACHMENT = 'ir.attachment'
const ATTACHMENT_FIELDS = ['public', 'access_token', 'type', 'url', 'name', 'mimetype', 'checksum'] as const

/**
 * The content that an address names, if whoever asks may have it: by right, because it is public, or by the token of
 * the attachment. `undefined` when there is none.
 * @throws ACCESS_MODEL, ACCESS_RULE, ACCESS_FIELD, ATTACHMENT_FORBIDDEN
 */
export async function findFile(
  env: Env,
  address: FileAddress,
  query: FileQuery,
): Promise<FoundFile | FoundLink | undefined> {
  const named = address.xmlId === null ? undefined : await env.xmlId(address.xmlId)
  const model = named?.[0] ?? address.model
  const id = named?.[1] ?? address.id
  if (id === null || id === 0 || !env.registry.has(model)) return undefined
  const isAttachment = model === ATTACHMENT && (address.field === 'raw' || address.field === 'datas')
  if (!isAttachment) return fieldContent(env, model, id, address, query)
  return attachmentContent(env, id, address, textOf(query, 'access_token'))
}

async function attachmentContent(
  env: Env,
  id: number,
  address: FileAddress,
  token: string | null,
): Promise<FoundFile | FoundLink | undefined> {
  const attachment = await env.model(ATTACHMENT, [id]).sudo('whether an attachment is open to its reader').exists()
  const [row] = (await attachment.load(ATTACHMENT_FIELDS)) as unknown as AttachmentRow[]
  if (!row) return undefined
  const isOpen = row.public || (token !== null && row.access_token !== null && isSame(token, row.access_token))
  if (!isOpen) await env.model(ATTACHMENT, [id]).check_access('read')
  if (row.type === 'url') return row.url === null ? undefined : { url: row.url }
  const [content] = await attachment.load(['raw'])
  const bytes = content?.['raw']
  if (!(bytes instanceof Uint8Array)) return undefined
  return {
    bytes,
    name: address.fileName ?? row.name,
    mimetype: row.mimetype ?? mimetypeOf(row.name, bytes),
    checksum: row.checksum ?? checksumOf(bytes),
  }
}

/** The content of a binary field, read as any client reads it. */
async function fieldContent(
  env: Env,
  model: string,
  id: number,
  { field, fileName }: FileAddress,
  query: FileQuery,
): Promise<FoundFile | undefined> {
  const { fields } = env.registry.get(model)
  if (fields.get(field)?.kind.type !== 'binary') return undefined
  const nameField = textOf(query, 'filename_field')
  const names = nameField !== null && fields.get(nameField)?.kind.type === 'char' ? [nameField] : []
  const [row] = (await callIn(env, { model, method: 'read', args: [[id], [field, ...names]], kwargs: {} })) as Record<
    string,
    unknown
  >[]
  const value = row?.[field]
  if (typeof value !== 'string' || value === '') return undefined
  const bytes = new Uint8Array(Buffer.from(value, fields.get(field)?.options.plain ? 'utf8' : 'base64'))
  const said = fileName ?? (nameField === null ? null : row?.[nameField])
  const name = typeof said === 'string' && said !== '' ? said : `${model.replaceAll('.', '_')}-${id}-${field}`
  // the name is whoever asks's to choose: the content alone says what it is
  return { bytes, name, mimetype: mimetypeOfContent(bytes), checksum: checksumOf(bytes) }
}

const checksumOf = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex')

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((text) => createHash('sha256').update(text).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}
