import type { FastifyInstance } from 'fastify'
import { chosenCompanies, COMPANIES_COOKIE } from '../pages/cookies.ts'
import { requireSession, SESSION_COOKIE } from '../session-cookie.ts'
import { hearNotices } from '../workers/notices.ts'
import { Hub } from './hub.ts'
import { Stream, type Watched } from './stream.ts'

/** What one page can have on its screen. */
const MOST_MODELS = 10
const MOST_IDS = 2000

/**
 * `/odoo/live?watch=res.partner:1,2,3`: server-sent events that tell a page when records on its screen, or others of the
 * same models that its user may read, were changed. The stream ends with the session.
 */
export async function live(app: FastifyInstance): Promise<void> {
  const { runtime, sessions } = app.services
  const hub = new Hub(runtime, sessions, app.log)
  const deafen = hearNotices(runtime, (notice) => hub.hear(notice))
  const forget = runtime.caches.listen((subjects) => {
    if (subjects.has('sessions')) void hub.checkSessions()
  })
  const forgetEnds = sessions.onEnd(() => void hub.checkSessions())
  app.addHook('preClose', async () => {
    deafen()
    forget()
    forgetEnds()
    hub.close()
  })
  app.get<{ Querystring: { watch?: string | string[] } }>('/odoo/live', async (request, reply) => {
    const { uid } = await requireSession(request)
    const companies = await runtime.call({ uid }, 'read', async ({ user }) =>
      chosenCompanies(request.cookies[COMPANIES_COOKIE], user),
    )
    const token = request.cookies[SESSION_COOKIE] as string // a session was found by it
    const watched = readWatched([request.query.watch ?? []].flat())
    reply.hijack()
    hub.add(new Stream({ uid, companies, token }, watched, reply.raw))
  })
}

function readWatched(texts: readonly string[]): Watched {
  return new Map(
    texts.slice(0, MOST_MODELS).map((text) => {
      const [model = '', ids = ''] = text.split(':')
      return [model, new Set(ids.split(',').filter(Boolean).slice(0, MOST_IDS).map(Number))]
    }),
  )
}
