import type { FastifyInstance } from 'fastify'
import { ROUTE_NOT_FOUND } from '../errors.ts'
import { assets } from './answer.ts'

/** `/assets/…`: bundles whose names change with their content, so browsers keep them for good. */
export async function assetFiles(app: FastifyInstance): Promise<void> {
  app.get<{ Params: { name: string } }>('/assets/:name', async (request, reply) => {
    const file = await assets.file(request.params.name)
    if (!file) throw new ROUTE_NOT_FOUND('GET', request.url)
    const accepted = request.headers['accept-encoding'] ?? ''
    const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null
    if (encoding) reply.header('content-encoding', encoding)
    reply
      .header('vary', 'accept-encoding')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .type(file.type)
    return encoding === 'br' ? file.brotli : encoding === 'gzip' ? file.gzip : file.plain
  })
}
