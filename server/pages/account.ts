import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ComptoirError } from '../../core/errors.ts'
import { Formatter } from '../../views/format.ts'
import { translator } from '../../views/translate.ts'
import { openSession, sessionOf } from '../session-cookie.ts'
import { answerPage, type PageAnswer } from './answer.ts'
import { checkCsrf } from './csrf.ts'
import { frameOf, navbar } from './frame.ts'
import { pageCall, type PageCalls } from './page-call.ts'

interface AccountForm {
  readonly csrf_token?: string
  readonly old_password?: string
  readonly new_password?: string
  readonly confirm_password?: string
  readonly name?: string
  readonly days?: string
  readonly password?: string
  readonly id?: string
}

/** What a form of the page did. */
interface Outcome {
  readonly message?: string
  readonly error?: string
  /** The text of a new key, which is shown this once. */
  readonly key?: string
}

const PATH = '/web/account'
/** Days that a key may hold; 0 is for ever. */
const DURATIONS = [1, 7, 30, 90, 365, 0] as const

/** `/web/account`: a person's own password and API keys, in forms that work without scripts. */
export async function accountPages(app: FastifyInstance): Promise<void> {
  app.get(PATH, (request, reply) => showAccount(request, reply, {}))
  app.post<{ Body: AccountForm }>(`${PATH}/password`, (request, reply) =>
    answered(request, reply, async (calls, form, text) => {
      if (form.new_password !== form.confirm_password) return { error: text('The two new passwords differ.') }
      await calls.call('res.users', 'change_password', [form.old_password ?? '', form.new_password ?? ''])
      return { message: text('Your password is changed. Other browsers are logged out.') }
    }),
  )
  app.post<{ Body: AccountForm }>(`${PATH}/keys`, (request, reply) =>
    answered(request, reply, async ({ env }, form, text) => {
      const { credentials } = request.server.services
      const who = { who: env.user.login, secret: form.password ?? '', address: request.ip, keys: false }
      if ((await credentials.check(who)) !== env.uid) return { error: text('This is not your password.') }
      return { key: await env['res.users']._make_key(form.name ?? '', Number(form.days ?? NaN)) }
    }),
  )
  app.post<{ Body: AccountForm }>(`${PATH}/revoke`, (request, reply) =>
    answered(request, reply, async ({ call }, form, text) => {
      await call('res.users.apikeys', 'remove', [[Number(form.id)]])
      return { message: text('The key opens nothing any more.') }
    }),
  )
}

/** Does what a form asks and shows the page again with what came of it. */
async function answered(
  request: FastifyRequest<{ Body: AccountForm }>,
  reply: FastifyReply,
  work: (calls: PageCalls, form: AccountForm, text: (source: string) => string) => Promise<Outcome>,
): Promise<FastifyReply> {
  const session = await sessionOf(request)
  if (!session) return reply.redirect(`/web/login?redirect=${encodeURIComponent(PATH)}`, 303)
  const form = request.body
  checkCsrf(request, form.csrf_token)
  let outcome: Outcome
  try {
    outcome = await pageCall(request, session, 'write', (calls) => work(calls, form, translator(calls.env.lang)))
  } catch (error) {
    if (!(error instanceof ComptoirError)) throw error
    outcome = { error: error.message }
  }
  // A new password ended all sessions: this browser goes on in a new one.
  if (outcome.message !== undefined && form.new_password !== undefined) {
    await openSession({ request, reply }, session.uid)
    return reply.redirect(`${PATH}?changed`, 303)
  }
  return showAccount(request, reply, outcome)
}

async function showAccount(request: FastifyRequest, reply: FastifyReply, outcome: Outcome): Promise<FastifyReply> {
  const session = await sessionOf(request)
  if (!session) return reply.redirect(`/web/login?redirect=${encodeURIComponent(PATH)}`)
  const frame = frameOf(request, reply)
  const page = await pageCall(request, session, 'read', async (calls): Promise<PageAnswer> => {
    const { env } = calls
    const text = translator(env.lang)
    const format = new Formatter(env.lang, env.zone)
    const keys = await (
      await env['res.users.apikeys'].search([['user_id', '=', env.uid]])
    ).load(['name', 'expiration_date', 'last_use'])
    const moment = (date: Date | null): string | null =>
      date && format.datetime(date.toISOString().slice(0, 19).replace('T', ' '))
    const isChanged = 'changed' in (request.query as object)
    return {
      title: text('Password and API keys'),
      lang: env.lang,
      status: outcome.error === undefined ? 200 : 422,
      body: {
        template: 'frame/client',
        navbar: await navbar(calls, false, { ...frame, back: PATH }),
        panel: { breadcrumbs: [{ label: text('Password and API keys') }] },
        content: {
          template: 'frame/account',
          csrf: frame.csrf,
          ...outcome,
          message: isChanged ? text('Your password is changed. Other browsers are logged out.') : outcome.message,
          keys: keys.map(({ id, name, expiration_date, last_use }) => ({
            id,
            name,
            expires: moment(expiration_date),
            used: moment(last_use),
          })),
          durations: DURATIONS.filter((days) => days > 0 || env.user.groups.has('base.group_system')).map((days) => ({
            days,
            label: days === 0 ? text('For ever') : text(days === 1 ? '%s day' : '%s days', String(days)),
          })),
        },
      },
    }
  })
  return answerPage(request, reply, page)
}
