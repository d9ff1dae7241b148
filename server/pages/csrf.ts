import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { SESSION_COOKIE } from '../session-cookie.ts'
import { CSRF_WRONG } from '../errors.ts'

/** Ties forms of people who are not logged in to their browser. */
const VISITOR_COOKIE = 'visitor_id'

/** Secrets of visitors whose cookie is only on its way to them. */
const fresh = new WeakMap<FastifyRequest, string>()

/** What a page's forms and scripts send along: nobody who cannot read the page knows it. */
export function csrfToken(request: FastifyRequest, reply?: FastifyReply): string {
  let secret = request.cookies[SESSION_COOKIE] ?? request.cookies[VISITOR_COOKIE] ?? fresh.get(request)
  if (!secret && reply) {
    secret = randomBytes(24).toString('base64url')
    fresh.set(request, secret)
    reply.setCookie(VISITOR_COOKIE, secret, {
      path: '/web',
      httpOnly: true,
      sameSite: 'strict',
      secure: request.protocol === 'https',
    })
  }
  return createHash('sha256')
    .update(`csrf ${secret ?? ''}`)
    .digest('base64url')
}

/**
 * Refuses a request whose token is not that of its session.
 * @throws CSRF_WRONG
 */
export function checkCsrf(request: FastifyRequest, given: unknown): void {
  const wanted = Buffer.from(csrfToken(request))
  const token = Buffer.from(typeof given === 'string' ? given : '')
  if (token.length !== wanted.length || !timingSafeEqual(token, wanted)) throw new CSRF_WRONG()
}
