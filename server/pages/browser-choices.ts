import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { COMPANIES_COOKIE, KEPT_S, THEME_COOKIE } from './cookies.ts'
import { checkCsrf } from './csrf.ts'
import { safeRedirect } from './redirect.ts'

type Fields = Readonly<Record<string, string>>

/** What a person chooses for this browser, in forms of the top bar: the colours, the companies. */
export async function choiceRoutes(app: FastifyInstance): Promise<void> {
  app.post<{ Body: Fields }>('/odoo/theme', async (request, reply) =>
    keep(request, reply, THEME_COOKIE, request.body['theme'] === 'dark' ? 'dark' : 'light'),
  )
  app.post<{ Body: Fields }>('/odoo/companies', async (request, reply) => {
    const { only, ...fields } = request.body
    const chosen = Object.keys(fields).flatMap((name) => /^company_(\d+)$/.exec(name)?.[1] ?? [])
    // Which of these are the user's own is looked up with every page.
    const ids = only !== undefined && /^\d+$/.test(only) ? [only, ...chosen.filter((id) => id !== only)] : chosen
    return keep(request, reply, COMPANIES_COOKIE, ids.join('-'))
  })
}

function keep(
  request: FastifyRequest<{ Body: Fields }>,
  reply: FastifyReply,
  cookie: string,
  value: string,
): FastifyReply {
  checkCsrf(request, request.body['csrf_token'])
  reply.setCookie(cookie, value, { path: '/', sameSite: 'lax', secure: request.protocol === 'https', maxAge: KEPT_S })
  return reply.redirect(safeRedirect(request.body['back']), 303)
}
