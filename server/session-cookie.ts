import cookie from '@fastify/cookie'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { SESSION_EXPIRED } from '../core/security/errors.ts'
import { SESSION_LIFETIME_MS, type Session } from '../core/security/sessions.ts'
import type { Exchange } from './json-rpc.ts'

/** The name of the cookie that holds a session's token. */
export const SESSION_COOKIE = 'session_id'

/** Teaches the app cookies; finishes what sessions still write before it closes. */
export function keepSessions(app: FastifyInstance): void {
  app.register(cookie)
  app.addHook('onClose', () => app.services.sessions.settled())
}

/** The session of a request, else `null`. */
export async function sessionOf(request: FastifyRequest): Promise<Session | null> {
  const token = request.cookies[SESSION_COOKIE]
  const session = token ? await request.server.services.sessions.find(token) : null
  if (session) request.facts.uid = session.uid
  return session
}

/**
 * The session of a request that needs one.
 * @throws SESSION_EXPIRED
 */
export async function requireSession(request: FastifyRequest): Promise<Session> {
  const session = await sessionOf(request)
  if (!session) throw new SESSION_EXPIRED()
  return session
}

/** Opens a session under a new token; the one that the client had ends. */
export async function openSession({ request, reply }: Exchange, uid: number): Promise<void> {
  const token = await request.server.services.sessions.create({
    uid,
    ip: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    replaces: request.cookies[SESSION_COOKIE],
  })
  reply.setCookie(SESSION_COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    maxAge: SESSION_LIFETIME_MS / 1000,
  })
}

/** Ends the session of a request and takes the cookie back. */
export async function closeSession({ request, reply }: Exchange): Promise<void> {
  const token = request.cookies[SESSION_COOKIE]
  if (token) await request.server.services.sessions.destroy(token)
  reply.clearCookie(SESSION_COOKIE, { path: '/' })
}
