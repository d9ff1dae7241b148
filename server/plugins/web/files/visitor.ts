import type { FastifyRequest } from 'fastify'
import type { Env } from '../../../../core/orm/env.ts'
import { pageCall } from '../../../pages/page-call.ts'
import { sessionOf } from '../../../session-cookie.ts'

/** The system itself, to find out who stands for people who are not logged in. */
const SYSTEM = { uid: 1, su: true } as const

/** Reads something as whoever asks: the user of the session, else the one who stands for the public. */
export async function readAsVisitor<T>(
  request: FastifyRequest,
  work: (env: Env) => Promise<T>,
): Promise<T | undefined> {
  const session = await sessionOf(request)
  if (session) return pageCall(request, session, 'read', ({ env }) => work(env))
  const { runtime } = request.server.services
  const found = await runtime.call(SYSTEM, 'read', (env) => env.xmlId('base.public_user'))
  return found && runtime.call({ uid: found[1] }, 'read', work)
}
