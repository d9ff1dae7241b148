import type { FastifyReply, FastifyRequest } from 'fastify'
import { contentDisposition } from '../../../pages/file-name.ts'

/** What goes out. */
export interface Outgoing {
  readonly name: string
  readonly mimetype: string
  /** Differs when the bytes differ. */
  readonly tag: string
  /** The bytes, which are made only when the browser does not have them. */
  bytes(): Uint8Array | Promise<Uint8Array>
}

/** Types that a browser shows without running anything in them; all others it has to save. */
const SHOWN =
  /^(image\/(png|jpeg|gif|webp|bmp|avif|tiff|x-icon)|application\/pdf|text\/plain|audio\/[\w.+-]+|video\/[\w.+-]+)$/

const YEAR_S = 31_536_000

/**
 * Sends a file, or 304 to a browser that has it. Nothing in it can run: what is not harmless is saved and not shown,
 * and a policy forbids the rest. Browsers ask each time whether it is still theirs to see, unless the address itself
 * changes with the content (`unique`).
 */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: Outgoing,
  { download, unique }: { readonly download: boolean; readonly unique: boolean },
): Promise<FastifyReply> {
  const type = file.mimetype.split(';')[0]?.trim().toLowerCase() ?? ''
  const isShown = SHOWN.test(type) && !download
  const tag = `"${file.tag}"`
  reply
    .header('etag', tag)
    .header('vary', 'cookie')
    .header('cache-control', unique ? `private, max-age=${YEAR_S}, immutable` : 'private, no-cache')
  const known = (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
  if (known.includes(tag)) return reply.code(304).send()
  // browsers show a PDF by a page of their own, which the policy would keep from loading
  if (type !== 'application/pdf' || !isShown) reply.header('content-security-policy', "default-src 'none'; sandbox")
  return reply
    .header('content-disposition', contentDisposition(file.name, isShown ? 'inline' : 'attachment'))
    .type(type === 'text/plain' ? 'text/plain; charset=utf-8' : file.mimetype)
    .send(Buffer.from(await file.bytes()))
}
