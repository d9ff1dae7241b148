import type { FastifyInstance } from 'fastify'
import { PARAMS_INVALID, ROUTE_NOT_FOUND } from '../../errors.ts'
import { callModel } from '../../model-call.ts'
import { validator } from '../../validate.ts'
import { callerOf } from './caller.ts'
import { describe } from './openapi.ts'
import { refuse } from './refusal.ts'

const named = validator<Record<string, unknown>>({ type: 'object' }, 'body', PARAMS_INVALID)

/** `/json/2/openapi.json` and `/json/2/<model>/<method>`: one method, named arguments, the answer as it is, and HTTP's own status codes. */
export async function json2(root: FastifyInstance): Promise<void> {
  await root.register(
    async (app) => {
      app.setErrorHandler(refuse)
      app.setNotFoundHandler((request, reply) =>
        refuse(new ROUTE_NOT_FOUND(request.method, request.url.split('?')[0] ?? ''), request, reply),
      )
      app.get('/openapi.json', async (request, reply) => {
        const uid = await callerOf(request)
        return reply.type('application/json; charset=utf-8').send(await describe(request, uid))
      })
      app.post<{ Params: { model: string; method: string } }>('/:model/:method', async (request, reply) => {
        const uid = await callerOf(request)
        const { model, method } = request.params
        const kwargs = named(request.body ?? {})
        const answer = await callModel(request, { uid, model, method, args: [], kwargs, empty: null })
        // text, numbers and null are JSON as well, which Fastify would send as plain text
        return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer))
      })
    },
    { prefix: '/json/2' },
  )
}
