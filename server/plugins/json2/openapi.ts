import type { FastifyRequest } from 'fastify'
import { openApiDocument } from '../../../core/wire/openapi/document.ts'
import { SERVER_VERSION } from '../../version.ts'
import { REFUSALS } from './refusal.ts'

/** The description of what the user can call, as JSON; made once for all who are in the same groups. */
export async function describe(request: FastifyRequest, uid: number): Promise<string> {
  return request.server.services.runtime.call({ uid }, 'read', async (env) => {
    const groups = [...env.user.groupIds].toSorted((a, b) => a - b).join(',')
    return env.caches.get('security', `openapi ${env.su} ${groups}`, async () =>
      JSON.stringify(
        await openApiDocument(env, { title: 'Comptoir', version: SERVER_VERSION, base: '/json/2', refusals: REFUSALS }),
      ),
    )
  })
}
