import type { FastifyInstance } from 'fastify'
import { ComptoirError } from '../../../core/errors.ts'
import { PARAMS_INVALID } from '../../errors.ts'
import { validator } from '../../validate.ts'

/** What a route needs of the model of automation rules, which an addon declares. */
interface Hooks {
  /** Applies the rule behind an address; gives what went wrong. Throws when there is none. */
  _call_hook(uuid: string, payload: Record<string, unknown>): Promise<unknown>
}

const MODEL = 'base.automation'
/** The system itself: whoever knows the address may call. */
const SYSTEM = { uid: 1, su: true } as const

const object = validator<Record<string, unknown>>({ type: 'object' }, 'body', PARAMS_INVALID)

/** `/web/hook/<uuid>`: other systems set off an automation rule; JSON in the body or values in the query are its payload. */
export async function webHook(app: FastifyInstance): Promise<void> {
  app.route<{ Params: { uuid: string } }>({
    method: ['GET', 'POST'],
    url: '/web/hook/:uuid',
    handler: async (request, reply) => {
      const { runtime } = request.server.services
      if (!runtime.registry.has(MODEL)) return reply.callNotFound()
      const payload = object((request.method === 'GET' ? request.query : request.body) ?? {})
      try {
        const failure = await runtime.call(SYSTEM, 'write', (env) =>
          (env.model(MODEL) as unknown as Hooks)._call_hook(request.params.uuid, payload),
        )
        if (failure === undefined) return { status: 'ok' }
        request.log.warn({ err: failure }, 'a call of an automation rule failed')
        return reply.code(500).send({ status: 'error' })
      } catch (error) {
        if (error instanceof ComptoirError && error.exception === 'NotFound')
          return reply.code(404).send({ status: 'error' })
        throw error
      }
    },
  })
}
