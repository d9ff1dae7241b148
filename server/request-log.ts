import type { FastifyInstance } from 'fastify'

/** Writes one line per request: what was called by whom, how long it took and how many queries it needed. Never arguments. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { call, uid, queries, error } = request.facts
    request.log.info({
      method: request.method,
      path: request.url.split('?')[0],
      call,
      uid,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 100) / 100,
      queries,
      error,
      ip: request.ip,
    })
  })
}
