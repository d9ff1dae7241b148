import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ComptoirError } from '../../../../core/errors.ts'
import { isResizable, resizeImage } from '../../../../core/tools/image.ts'
import { ROUTE_NOT_FOUND } from '../../../errors.ts'
import { type FileAddress, fileAddress, type FileQuery, isOn, textOf } from './address.ts'
import { findFile, type FoundFile, type FoundLink } from './find.ts'
import { PLACEHOLDER } from './placeholder.ts'
import { sendFile } from './send.ts'
import { uploadRoute } from './upload.ts'
import { readAsVisitor } from './visitor.ts'

type FileRequest = FastifyRequest<{ Params: { '*'?: string }; Querystring: FileQuery }>

/** Who may not have a file learns no more than that there is none. */
const HIDDEN: ReadonlySet<string> = new Set(['AccessError', 'AccessDenied', 'MissingError', 'UserError', 'NotFound'])

async function found(
  request: FileRequest,
  address: FileAddress | undefined,
): Promise<FoundFile | FoundLink | undefined> {
  if (!address) return undefined
  try {
    return await readAsVisitor(request, (env) => findFile(env, address, request.query))
  } catch (error) {
    if (error instanceof ComptoirError && HIDDEN.has(error.exception)) return undefined
    throw error
  }
}

const nothing = (request: FastifyRequest): Error => new ROUTE_NOT_FOUND(request.method, request.url.split('?')[0] ?? '')

/** Leads on to where a link points, if a browser can go there. */
function follow(request: FastifyRequest, reply: FastifyReply, { url }: FoundLink): FastifyReply {
  if (!/^(https?:\/\/|\/(?![/\\]))/i.test(url)) throw nothing(request)
  return reply.redirect(url, 302)
}

async function content(request: FileRequest, reply: FastifyReply): Promise<FastifyReply> {
  const file = await found(request, fileAddress(request.params['*'] ?? '', request.query))
  if (!file) throw nothing(request)
  if ('url' in file) return follow(request, reply, file)
  return sendFile(
    request,
    reply,
    { name: file.name, mimetype: file.mimetype, tag: file.checksum, bytes: () => file.bytes },
    choices(request.query),
  )
}

async function image(request: FileRequest, reply: FastifyReply): Promise<FastifyReply> {
  const address = fileAddress(request.params['*'] ?? '', request.query)
  const file = await found(request, address)
  if (file && 'url' in file) return follow(request, reply, file)
  const size = address?.size ?? [0, 0]
  if (!file || !file.mimetype.startsWith('image/')) {
    if (isOn(request.query, 'download')) throw nothing(request)
    return sendFile(request, reply, PLACEHOLDER, { download: false, unique: false })
  }
  const crop = isOn(request.query, 'crop')
  const changes = isResizable(file.mimetype, size)
  return sendFile(
    request,
    reply,
    {
      name: file.name,
      mimetype: file.mimetype,
      tag: changes ? `${file.checksum}-${size.join('x')}${crop ? '-crop' : ''}` : file.checksum,
      bytes: () => (changes ? resizeImage(file.bytes, size, crop) : file.bytes),
    },
    choices(request.query),
  )
}

const choices = (query: FileQuery): { download: boolean; unique: boolean } => ({
  download: isOn(query, 'download'),
  unique: textOf(query, 'unique') !== null,
})

/** `/web/content`, `/web/image` and uploads: attachments and the contents of binary fields as files. */
export async function webFiles(app: FastifyInstance): Promise<void> {
  for (const path of ['/web/content', '/web/content/*']) app.get(path, content)
  for (const path of ['/web/image', '/web/image/*']) app.get(path, image)
  app.register(uploadRoute)
}
