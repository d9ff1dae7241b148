import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ComptoirError } from '../../core/errors.ts'
import { translator } from '../../views/translate.ts'
import { closeSession, openSession, sessionOf } from '../session-cookie.ts'
import { answerPage } from './answer.ts'
import { checkCsrf, csrfToken } from './csrf.ts'
import { safeRedirect } from './redirect.ts'

interface LoginForm {
  readonly login?: string
  readonly password?: string
  readonly redirect?: string
  readonly csrf_token?: string
}

/** The language that the browser prefers among those that the pages speak. */
export function visitorLanguage(request: FastifyRequest): string {
  return /^fr\b/i.test(request.headers['accept-language'] ?? '') ? 'fr_FR' : 'en_US'
}

function showLogin(
  request: FastifyRequest,
  reply: FastifyReply,
  form: LoginForm,
  error?: string,
): Promise<FastifyReply> {
  const lang = visitorLanguage(request)
  return answerPage(request, reply, {
    title: translator(lang)('Log in'),
    lang,
    bare: true,
    bodyClass: 'o_login_page',
    status: error ? 401 : 200,
    body: {
      template: 'frame/login',
      login: form.login ?? '',
      redirect: safeRedirect(form.redirect),
      csrf: csrfToken(request, reply),
      error,
    },
  })
}

/** `/web/login`, `/web/session/logout`: forms that work without scripts. */
export async function loginPages(app: FastifyInstance): Promise<void> {
  app.get('/', async (_request, reply) => reply.redirect('/odoo'))
  app.get('/web', async (_request, reply) => reply.redirect('/odoo'))
  app.get<{ Querystring: LoginForm }>('/web/login', async (request, reply) => {
    if (await sessionOf(request)) return reply.redirect(safeRedirect(request.query.redirect))
    return showLogin(request, reply, request.query)
  })
  app.post<{ Body: LoginForm }>('/web/login', async (request, reply) => {
    const form = request.body
    checkCsrf(request, form.csrf_token)
    const { credentials } = request.server.services
    let uid: number | null
    try {
      uid = await credentials.check({
        who: form.login ?? '',
        secret: form.password ?? '',
        address: request.ip,
        keys: false,
      })
    } catch (error) {
      if (!(error instanceof ComptoirError)) throw error
      return showLogin(request, reply, form, error.message)
    }
    if (uid === null)
      return showLogin(request, reply, form, translator(visitorLanguage(request))('Wrong login or password.'))
    await openSession({ request, reply }, uid)
    return reply.redirect(safeRedirect(form.redirect), 303)
  })
  app.post<{ Body: LoginForm }>('/web/session/logout', async (request, reply) => {
    checkCsrf(request, request.body.csrf_token)
    await closeSession({ request, reply })
    return reply.redirect('/web/login', 303)
  })
}
