import type { FastifyRequest } from 'fastify'
import { checkDatabase } from '../../database-name.ts'
import { BEARER_UNKNOWN, LOGIN_NEEDED, SITE_FOREIGN } from '../../errors.ts'
import { sessionOf } from '../../session-cookie.ts'

/** The form of `Authorization: Bearer KEY`; the scheme is written in any case. */
const BEARER = /^bearer +(\S+) *$/i

/**
 * Whether a page of another site had the browser send the request. Browsers say so themselves, and no page can forge
 * either header; programs send neither.
 */
function isFromOtherSite({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  const { origin } = headers
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)
}

/**
 * The user that a request acts for: the owner of the API key in its header, else of the session in its cookie. A key
 * is never sent by a browser on its own; a cookie is, so that it counts only for pages of this server.
 * @throws BEARER_UNKNOWN, LOGIN_NEEDED, SITE_FOREIGN, DATABASE_NOT_FOUND, LOGIN_DELAYED
 */
export async function callerOf(request: FastifyRequest): Promise<number> {
  const { authorization, 'x-odoo-database': database } = request.headers
  if (database !== undefined) checkDatabase(request, String(database))
  if (authorization !== undefined) {
    const key = BEARER.exec(authorization)?.[1]
    const uid = key ? await request.server.services.credentials.checkKey(key, request.ip) : null
    if (uid === null) throw new BEARER_UNKNOWN()
    request.facts.uid = uid
    return uid
  }
  const session = await sessionOf(request)
  if (!session) throw new LOGIN_NEEDED()
  if (isFromOtherSite(request)) throw new SITE_FOREIGN()
  return session.uid
}
