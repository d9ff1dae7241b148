import type { FastifyInstance } from 'fastify'

/** `/web/health`: for whoever watches over the process. */
export async function webHealth(app: FastifyInstance): Promise<void> {
  app.get('/web/health', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    return { status: 'pass' }
  })
}
