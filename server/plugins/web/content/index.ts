import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ComptoirError } from '../../../../core/errors.ts'
import { resizeImage } from '../../../../core/tools/image.ts'
import { Lru } from '../../../../core/tools/lru.ts'
import { FILE_GONE, ROUTE_NOT_FOUND } from '../../../errors.ts'
import { requireSession, sessionOf } from '../../../session-cookie.ts'
import { readAddress, type AskedFile, type FileParams, type FileQuery } from './address.ts'
import { fileOf, isOpen, type FileAddress, type SentFile } from './source.ts'

/** The system itself asks whether an attachment is open to everybody. */
const SYSTEM = { uid: 1, su: true } as const

/** Pictures in other sizes, by content and size; each is some kilobytes. */
const resized = new Lru<string, Uint8Array>(500)

/** Shown where a record has no picture: a grey square with a mountain. */
const PLACEHOLDER: SentFile = {
  bytes: Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#d9dde1"/><path d="M8 50l16-22 12 16 8-9 12 15z" fill="#a3abb2"/><circle cx="44" cy="20" r="6" fill="#a3abb2"/></svg>',
  ),
  name: 'placeholder.svg',
  mimetype: 'image/svg+xml',
  checksum: 'placeholder',
}

/** `/web/content/…` and `/web/image/…`: attachments and binary fields, to who may read them. */
export async function webContent(app: FastifyInstance): Promise<void> {
  for (const path of ['/web/content', '/web/content/*']) {
    app.get<{ Params: FileParams; Querystring: FileQuery }>(path, async (request, reply) => {
      const asked = readAddress(request.params['*'] ?? '', request.query, 'raw')
      if (!asked) throw new ROUTE_NOT_FOUND('GET', request.url)
      return send(request, reply, asked, await read(request, asked))
    })
  }
  for (const path of ['/web/image', '/web/image/*']) {
    app.get<{ Params: FileParams; Querystring: FileQuery }>(path, async (request, reply) => {
      const asked = readAddress(request.params['*'] ?? '', request.query, 'raw')
      if (!asked) throw new ROUTE_NOT_FOUND('GET', request.url)
      return send(request, reply, asked, await picture(request, asked))
    })
  }
}

/** Reads a file as whoever asks: somebody who is logged in, or anybody where the attachment is open. */
async function read(request: FastifyRequest, asked: AskedFile): Promise<SentFile> {
  const { runtime } = request.server.services
  const session = await sessionOf(request)
  return runtime.call(session ? { uid: session.uid } : SYSTEM, 'read', async (env) => {
    const address = await located(env, asked)
    if (await isOpen(env, address)) return fileOf(env.sudo('the attachment is open to everybody'), address)
    if (!session) await requireSession(request)
    return fileOf(env, address)
  })
}

async function located(env: Parameters<typeof fileOf>[0], asked: AskedFile): Promise<FileAddress> {
  if (typeof asked.id === 'number') return { ...asked, id: asked.id }
  const found = await env.xmlId(asked.id)
  if (!found) throw new FILE_GONE(asked.model, 0, asked.id)
  return { ...asked, model: found[0], id: found[1] }
}

/** A picture in the size that is asked for; a placeholder where there is none. */
async function picture(request: FastifyRequest, asked: AskedFile): Promise<SentFile> {
  let file: SentFile
  try {
    file = await read(request, asked)
  } catch (error) {
    // A page with a broken picture tells nobody anything; who may not see it learns nothing either.
    if (error instanceof ComptoirError && (error.code === 'FILE_GONE' || error.exception === 'AccessError'))
      return PLACEHOLDER
    throw error
  }
  const { width, height } = asked
  const crop = (request.query as FileQuery).crop !== undefined && width > 0 && height > 0
  if (width <= 0 && height <= 0) return file
  const size = `${width}x${height}${crop ? 'c' : ''}`
  const key = `${file.checksum} ${size}`
  let bytes = resized.get(key)
  if (!bytes) {
    bytes = await resizeImage(file.bytes, { width, height, crop })
    resized.set(key, bytes)
  }
  return { ...file, bytes, checksum: `${file.checksum}-${size}` }
}

/** Types that a browser may show in place; everything else is saved. */
const SHOWN = /^(image\/(png|jpeg|gif|webp|svg\+xml|bmp|x-icon)|application\/pdf|text\/plain|audio\/\w+|video\/\w+)$/

function send(
  request: FastifyRequest<{ Querystring: FileQuery }>,
  reply: FastifyReply,
  asked: AskedFile,
  { bytes, name, mimetype, checksum }: SentFile,
): FastifyReply {
  const { download, unique } = request.query
  const isSaved =
    (download !== undefined && !['', '0', 'false'].includes(download.toLowerCase())) || !SHOWN.test(mimetype)
  const filename = encodeURIComponent(asked.filename ?? name).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16)}`,
  )
  const etag = `"${checksum}"`
  reply
    .header('etag', etag)
    .header('cache-control', unique === undefined ? 'private, no-cache' : 'private, max-age=31536000, immutable')
    .header('x-content-type-options', 'nosniff')
    // What people upload runs nothing and loads nothing, whatever it is.
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox")
    .header('content-disposition', `${isSaved ? 'attachment' : 'inline'}; filename*=UTF-8''${filename}`)
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  return reply.type(mimetype.startsWith('text/') ? `${mimetype}; charset=utf-8` : mimetype).send(Buffer.from(bytes))
}
