import type { FastifyInstance } from 'fastify'
import { chatterView } from '../../views/chatter/view-model.ts'
import type { ThreadData } from '../../views/chatter/thread.ts'
import type { PageContext, ViewNode } from '../../views/page.ts'
import { PARAMS_INVALID } from '../errors.ts'
import { jsonRpcRoute, type Handler } from '../json-rpc.ts'
import { requireSession } from '../session-cookie.ts'
import { validator } from '../validate.ts'
import { fragmentHtml } from './answer.ts'
import { checkCsrf } from './csrf.ts'
import { pageCall, type PageCalls } from './page-call.ts'
import { pageContext } from './page-context.ts'

const ACTIVITY_TYPES = 'mail.activity.type'
const FIRST_PAGE = 30
/** As many people can be chosen from for an activity. */
const MOST_USERS = 200

interface Named {
  readonly id: number
  readonly name: string
}

/** The chatter of a record with its newest messages, as whoever looks may see it. */
export async function drawChatter(
  calls: PageCalls,
  model: string,
  id: number,
  page: PageContext,
  { limit = FIRST_PAGE, search = '' }: { readonly limit?: number; readonly search?: string } = {},
): Promise<ViewNode> {
  const { env } = calls
  const thread = await calls.call<ThreadData>(model, 'mail_thread_data', [[id]], { limit, search_term: search })
  const hasActivities = env.registry.get(model).fields.has('activity_ids')
  const activityTypes = hasActivities
    ? await calls.call<Named[]>(ACTIVITY_TYPES, 'search_read', [
        ['|', ['res_model', '=', false], ['res_model', '=', model]],
        ['name'],
      ])
    : null
  const users = activityTypes
    ? await calls.call<Named[]>('res.users', 'search_read', [[['share', '=', false]], ['name']], { limit: MOST_USERS })
    : []
  const subtypes = await calls.call<Named[]>('mail.message.subtype', 'search_read', [
    ['|', ['res_model', '=', false], ['res_model', '=', model]],
    ['name'],
  ])
  const choices = { partner: env.user.partnerId, user: env.uid, activityTypes, users, subtypes, search }
  return chatterView(thread, choices, page, new Date())
}

const chatterParams = validator<{ model: string; id: number; limit?: number; search?: string }>(
  {
    type: 'object',
    required: ['model', 'id'],
    properties: {
      model: { type: 'string' },
      id: { type: 'integer' },
      limit: { type: 'integer', minimum: 1, maximum: 1000 },
      search: { type: 'string', maxLength: 200 },
    },
  },
  'params',
  PARAMS_INVALID,
)

/** The chatter of a record drawn anew: after something was done in it, or with more messages. */
const chatter: Handler = async (params, { request }) => {
  const { model, id, limit, search } = chatterParams(params)
  const session = await requireSession(request)
  checkCsrf(request, request.headers['x-csrf-token'])
  return pageCall(request, session, 'read', async (calls) => {
    const node = await drawChatter(calls, model, id, await pageContext(calls, {}), {
      ...(limit !== undefined && { limit }),
      ...(search !== undefined && { search }),
    })
    return { html: fragmentHtml(node.template, node, calls.env.lang) }
  })
}

/** What the chatter beside a form asks. */
export async function chatterRoutes(app: FastifyInstance): Promise<void> {
  jsonRpcRoute(app, '/odoo/chatter', 'lenient', chatter)
}
